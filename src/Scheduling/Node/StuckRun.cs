namespace ActorCompute.Scheduling;

/// <summary>A task that was told to stop and did not: only a new process frees its slot.</summary>
/// <param name="Opening">Its job.</param>
/// <param name="Sequence">Its chunk.</param>
/// <param name="Number">The task.</param>
/// <param name="Elapsed">How long it has run.</param>
/// <param name="HasTimedOut">It took too long; otherwise nobody waits for it any more.</param>
internal sealed record StuckRun(JobOpening Opening, long Sequence, long Number, TimeSpan Elapsed, bool HasTimedOut);
