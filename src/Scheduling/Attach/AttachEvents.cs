namespace ActorCompute.Scheduling;

/// <summary>What a client hears of its cluster. Times are readings of one monotonic clock.</summary>
/// <typeparam name="TWorker">A worker, as views describe it.</typeparam>
internal abstract record AttachEvent<TWorker>
{
    /// <summary>It is time to attach: at the start, and when <see cref="AttachInstruction{TWorker}.AttachAgain"/> said.</summary>
    internal sealed record AttachDue(TimeSpan At) : AttachEvent<TWorker>;

    /// <summary>A registry that knows the secret has told of its workers.</summary>
    /// <param name="Registry">Tells registries apart.</param>
    /// <param name="Workers">All that it knows.</param>
    /// <param name="At">When it came.</param>
    internal sealed record ViewArrived(string Registry, IReadOnlyList<TWorker> Workers, TimeSpan At) : AttachEvent<TWorker>;

    /// <summary>The keeper in this process has seen a worker's process end.</summary>
    internal sealed record WorkerEnded(WorkerLife Life, string End) : AttachEvent<TWorker>;

    /// <summary>What the process sent before it ended has been read by now.</summary>
    internal sealed record LastWordsOver(WorkerLife Life) : AttachEvent<TWorker>;
}

/// <summary>What is to be done about it, in this order.</summary>
/// <typeparam name="TWorker">A worker, as views describe it.</typeparam>
internal abstract record AttachInstruction<TWorker>
{
    /// <summary>Say to every registry that this client is there.</summary>
    internal sealed record Attach : AttachInstruction<TWorker>;

    /// <summary>Raise <see cref="AttachEvent{TWorker}.AttachDue"/> after this time.</summary>
    internal sealed record AttachAgain(TimeSpan After) : AttachInstruction<TWorker>;

    /// <summary>The first registry has answered.</summary>
    internal sealed record Attached : AttachInstruction<TWorker>;

    /// <summary>The workers have changed: tell whoever wants to know.</summary>
    internal sealed record Publish(IReadOnlyList<TWorker> Workers) : AttachInstruction<TWorker>;

    /// <summary>Raise <see cref="AttachEvent{TWorker}.LastWordsOver"/> after this time.</summary>
    internal sealed record AwaitLastWords(WorkerLife Life, TimeSpan For) : AttachInstruction<TWorker>;

    /// <summary>A worker's process has ended, and all that it said was read: tell whoever waits for it.</summary>
    internal sealed record TellEnd(WorkerLife Life, string End) : AttachInstruction<TWorker>;
}
