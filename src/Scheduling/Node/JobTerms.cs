namespace ActorCompute.Scheduling;

/// <summary>What a client asks for when it opens a job.</summary>
/// <param name="Timeout">Time limit for one task, and for the opening; null for none.</param>
/// <param name="Grace">Time that a task, or the opening, has to end once it was told to stop.</param>
/// <param name="Depth">How many tasks wait for this job, each for the next: 0 for a job of a program.</param>
internal sealed record JobTerms(TimeSpan? Timeout, TimeSpan Grace, int Depth = 0)
{
    /// <summary>The highest priority; the lowest is its negative.</summary>
    public const int MaxPriority = 100;

    /// <summary>Who has the job; jobs of the same share what it gets. Of a job that a task started: who has the job of that task.</summary>
    public string Client { get; init; } = "";

    /// <summary>From -100 to 100: chunks of a higher one begin first.</summary>
    public int Priority { get; init; }

    /// <summary>What a chunk takes of the worker's resources while it runs: what each of its tasks needs, one after the other.</summary>
    public Resources Needs { get; init; } = Resources.None;

    /// <summary>A task that waits for this job holds resources meanwhile: so this one's tasks may start none that need any.</summary>
    public bool IsAwaitedByHolder { get; init; }

    /// <summary>A client that is gone, or asks for longer, does not keep a slot from the others beyond this.</summary>
    public static readonly TimeSpan MaxGrace = TimeSpan.FromMinutes(10);

    /// <summary>The terms that the node keeps to.</summary>
    public JobTerms Bounded() => this with
    {
        Grace = TimeSpan.FromTicks(Math.Clamp(Grace.Ticks, 0, MaxGrace.Ticks)),
        Priority = Math.Clamp(Priority, -MaxPriority, MaxPriority),
    };
}
