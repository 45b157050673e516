using ActorCompute.Messages;
using ActorCompute.Messages.Packing;

namespace ActorCompute.Worker.Compute;

/// <summary>How far a slot is with a pack.</summary>
internal ref struct PackPass(TaskItem pack, PackStop stop, CancellationToken cancellation)
{
    private readonly ReadOnlySpan<byte> _tasks = pack.Payload.Span;
    private readonly int _count = pack.Count;
    private int _offset;

    /// <summary>Tasks that have their answer.</summary>
    public int Done { get; private set; }

    /// <summary>What tasks are given.</summary>
    public readonly CancellationToken Cancellation => cancellation;

    /// <summary>What the task at hand may know.</summary>
    public readonly TaskContext Context => new(pack.Number + Done, pack.Attempt, cancellation);

    /// <summary>Whether to go on with the next task.</summary>
    /// <param name="written">Bytes of the results so far.</param>
    public readonly bool HasNext(int written) =>
        Done < _count && !cancellation.IsCancellationRequested && written < ReplyBatch.LargestResult / 2 && (!stop.IsDue || Done == 0);

    /// <summary>The input of the next task.</summary>
    /// <exception cref="BrokenPackException">The pack is broken.</exception>
    public ReadOnlySpan<byte> Next() => PackFormat.Read(_tasks, ref _offset, out _);

    /// <summary>The task at hand has its answer.</summary>
    public void Answered() => Done++;
}
