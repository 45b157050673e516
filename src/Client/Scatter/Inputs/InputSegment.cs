using ActorCompute.Messages.Packing;

namespace ActorCompute.Client.Scatter.Inputs;

/// <summary>
/// A stretch of inputs, and each encoded as an item of a pack one behind the other: any run of them is a pack without being
/// copied. Written by one thread, from the front; what is below <see cref="Count"/> never changes.
/// </summary>
internal sealed class InputSegment<TInput>(long first, int capacity, int bytes, bool keepsInputs)
{
    private int _count;
    private InputSegment<TInput>? _next;

    /// <summary>The number of the first input.</summary>
    public long First { get; } = first;

    /// <summary>The inputs themselves; none where nobody asks for them again.</summary>
    public TInput[]? Inputs { get; } = keepsInputs ? new TInput[capacity] : null;

    public int Capacity => capacity;

    public byte[] Bytes { get; } = new byte[bytes];

    /// <summary>Where each item begins, and behind the last where that ends.</summary>
    public int[] Starts { get; } = new int[capacity + 1];

    /// <summary>Inputs that are there. Whoever reads it sees what was written before.</summary>
    public int Count
    {
        get => Volatile.Read(ref _count);
        set => Volatile.Write(ref _count, value);
    }

    /// <summary>The segment behind this one; when there is one, nothing is added here any more.</summary>
    public InputSegment<TInput>? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }

    /// <summary>The encoded items, with their tags.</summary>
    public ReadOnlyMemory<byte> Items(int from, int count) => Bytes.AsMemory(Starts[from]..Starts[from + count]);

    /// <summary>One input as a task of its own.</summary>
    public TaskBatch Task(int index)
    {
        var (begin, end) = (Starts[index], Starts[index + 1]);
        var offset = 0;
        var length = PackFormat.Read(Bytes.AsSpan(begin, end - begin), ref offset, out _).Length;
        return new(First + index, Bytes.AsMemory(end - length, length), Inputs is null ? null : Inputs[index]);
    }
}

/// <summary>A run of inputs that travels as one.</summary>
internal sealed class PackedInputs<TInput>(InputSegment<TInput> segment, int from, int count) : PackedTasks
{
    /// <summary>The inputs, by their place in the pack.</summary>
    public TInput this[int index] => segment.Inputs![from + index];

    public TaskBatch ToBatch() => new(segment.First + from, segment.Items(from, count), this, count);

    public override IEnumerable<TaskBatch> Unpack(int start)
    {
        for (var i = start; i < count; i++) yield return segment.Task(from + i);
    }
}
