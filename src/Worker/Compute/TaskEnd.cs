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
