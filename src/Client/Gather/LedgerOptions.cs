namespace ActorCompute.Client.Gather;

/// <summary>The bounds of a ledger.</summary>
internal sealed record LedgerOptions
{
    /// <summary>A worker that sends neither replies nor reports for so long has lost its lease; its tasks run elsewhere.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A task whose workers died so often is poison and fails.</summary>
    public int MaxWorkerDeaths { get; init; } = 3;

    /// <summary>A poison task waits so long for its worker's next incarnation, which tells how the last one ended.</summary>
    public TimeSpan ExplanationWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What happens to a task that failed with an exception.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;
}
