namespace ActorCompute.Scheduling;

/// <summary>What a client asks for when it opens a job.</summary>
/// <param name="Timeout">Time limit for one task, and for the opening; null for none.</param>
/// <param name="Grace">Time that a task, or the opening, has to end once it was told to stop.</param>
/// <param name="Depth">How many tasks wait for this job, each for the next: 0 for a job of a program.</param>
internal sealed record JobTerms(TimeSpan? Timeout, TimeSpan Grace, int Depth = 0)
{
    /// <summary>A client that is gone, or asks for longer, does not keep a slot from the others beyond this.</summary>
    public static readonly TimeSpan MaxGrace = TimeSpan.FromMinutes(10);

    /// <summary>The terms that the node keeps to.</summary>
    public JobTerms Bounded() => this with { Grace = TimeSpan.FromTicks(Math.Clamp(Grace.Ticks, 0, MaxGrace.Ticks)) };
}
