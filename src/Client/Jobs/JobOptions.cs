namespace ActorCompute.Client;

/// <summary>How a job runs.</summary>
public sealed record JobOptions
{
    /// <summary>Outcomes in plan order instead of completion order. Default: false.</summary>
    public bool Ordered { get; init; }

    /// <summary>
    /// Tasks drawn from the plan whose outcomes have not been taken yet, at most; with <see cref="Ordered"/> also how far
    /// a task may overtake another. Bounds the client's memory. Default: 65,536.
    /// </summary>
    public int MaxOutstanding { get; init; } = 65536;

    /// <summary>A task whose workers died so often fails. Default: 3.</summary>
    public int MaxWorkerDeaths { get; init; } = 3;
}

/// <summary>How far a job is.</summary>
/// <param name="Done">Tasks with an outcome, failed ones included.</param>
/// <param name="Failed">Tasks that failed.</param>
/// <param name="InFlight">Tasks with a worker.</param>
/// <param name="Total">All tasks, where that is known.</param>
/// <param name="Workers">Workers that take part.</param>
public readonly record struct JobProgress(long Done, long Failed, int InFlight, long? Total, int Workers);
