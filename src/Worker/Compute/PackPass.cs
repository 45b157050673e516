using ActorCompute.Messages;
using ActorCompute.Messages.Packing;

namespace ActorCompute.Worker.Compute;

/// <summary>How far a slot is with a pack.</summary>
internal ref struct PackPass
{
    private readonly ReadOnlySpan<byte> _tasks;
    private readonly PackStop _stop;
    private readonly TaskContext _first;
    private readonly int _count;
    private readonly ref int _done;
    private int _offset;

    /// <param name="pack">The pack.</param>
    /// <param name="stop">Tells when it has had its time.</param>
    /// <param name="first">What its first task may know.</param>
    /// <param name="done">Where it is counted which tasks have their answer: others read it.</param>
    public PackPass(Batch pack, PackStop stop, in TaskContext first, ref int done)
    {
        (_stop, _first, _count) = (stop, first, pack.Count);
        _tasks = pack.Payload.Span;
        _done = ref done;
    }

    /// <summary>Tasks that have their answer.</summary>
    public readonly int Done => _done;

    /// <summary>What tasks are given.</summary>
    public readonly CancellationToken Cancellation => _first.Cancellation;

    /// <summary>What the task at hand may know.</summary>
    public readonly TaskContext Context => _first with { Number = _first.Number + _done };

    /// <summary>Whether to go on with the next task.</summary>
    /// <param name="written">Bytes of the results so far.</param>
    public readonly bool HasNext(int written) =>
        _done < _count && !_first.Cancellation.IsCancellationRequested && written < ReplyBatch.LargestMessage / 2 && (!_stop.IsDue || _done == 0);

    /// <summary>The input of the next task.</summary>
    /// <exception cref="BrokenPackException">The pack is broken.</exception>
    public ReadOnlySpan<byte> Next() => PackFormat.Read(_tasks, ref _offset, out _);

    /// <summary>The task at hand has its answer.</summary>
    public readonly void Answered() => _done++;
}
