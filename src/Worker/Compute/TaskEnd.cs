namespace ActorCompute.Worker.Compute;

/// <summary>How a task in a slot ended.</summary>
internal enum TaskEnd
{
    /// <summary>By itself; somebody waits for its outcome.</summary>
    Wanted,

    /// <summary>Nobody waits any more: it, or its job, was cancelled.</summary>
    Unwanted,

    /// <summary>It was told to stop because it took too long.</summary>
    TimedOut,
}

/// <summary>A task that was told to stop and did not: only a new process frees its slot.</summary>
/// <param name="Run">Its chunk.</param>
/// <param name="Number">The task.</param>
/// <param name="Elapsed">How long it has run.</param>
/// <param name="HasTimedOut">It took too long; otherwise nobody waits for it any more.</param>
internal sealed record StuckTask(ChunkRun Run, long Number, TimeSpan Elapsed, bool HasTimedOut);
