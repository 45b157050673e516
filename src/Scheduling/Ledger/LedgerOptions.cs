namespace ActorCompute.Scheduling;

/// <summary>The bounds of a ledger.</summary>
internal sealed record LedgerOptions
{
    /// <summary>A worker that sends neither replies nor reports for so long has lost its lease; its tasks run elsewhere.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A task whose workers died so often is poison and fails.</summary>
    public int MaxWorkerDeaths { get; init; } = 3;

    /// <summary>A poison task waits so long for its worker's next incarnation, which tells how the last one ended.</summary>
    public TimeSpan ExplanationWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A task for which a death more would be its last, and whose worker fell silent, waits so long for word of that worker: longer than
    /// a keeper's longest pause before it starts the next incarnation.
    /// </summary>
    public TimeSpan SilenceWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For so long a silent worker's death still counts when it shows.</summary>
    public TimeSpan SilenceMemory { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>When a running task is split.</summary>
    public SplitPolicy Splits { get; init; } = new();

    /// <summary>What happens to a task that failed with an exception.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;
}
