using System.Buffers;
using ActorCompute.Messages.Packing;

namespace ActorCompute.Client.Scatter.Inputs;

/// <summary>
/// Inputs on their way from the thread that draws them (<see cref="Add"/>, <see cref="Complete"/>) to the job's actor
/// (<see cref="TryTake"/>): one writer, one reader, no lock for an input, and packs that are cut where the reader likes.
/// </summary>
internal sealed class InputQueue<TInput> : IBufferWriter<byte>
{
    /// <summary>Inputs drawn ahead of the reader, at most: a full chunk, so that filling one does not wait.</summary>
    public const int Ahead = ChunkSizer.MaximumTasks;

    /// <summary>Their bytes, nearly at most: large inputs are drawn as they are sent.</summary>
    public const int AheadBytes = 1 << 23;

    // Segments grow: a short map takes little. The largest arrays stay below the size of the large object heap.
    private const int FirstInputs = 256;
    private const int MostInputs = 4096;
    private const int FirstBytes = 1 << 12;
    private const int MostBytes = 1 << 16;

    // A pack stays a part of a chunk.
    private const int LargestPackBytes = ChunkSizer.MaximumBytes / 4;

    private readonly ICodec<TInput> _codec;
    private readonly bool _keepsInputs;
    private readonly bool _isValue;

    // The writer's.
    private InputSegment<TInput> _tail;
    private int _filled;
    private int _begin;
    private int _end;
    private long _drawn;
    private long _drawnBytes;

    // The reader's.
    private InputSegment<TInput> _head;
    private int _next;

    // Between them. Each flag is raised before its owner looks again and waits, and looked at after something changed, with
    // a full fence between the two on either side: one of them sees the other. The writer's fence after each input would
    // cost as much as the input: the reader has it made, on all processors, when it is about to wait.
    private long _taken;
    private long _takenBytes;
    private long _writerWaitsAt;
    private readonly SemaphoreSlim _room = new(0);
    private TaskCompletionSource? _readerWaits;
    private volatile bool _isComplete;

    /// <param name="codec">How inputs are encoded.</param>
    /// <param name="keepsInputs">Whether the inputs themselves go with the tasks, as their state.</param>
    public InputQueue(ICodec<TInput> codec, bool keepsInputs = true)
    {
        (_codec, _keepsInputs, _isValue) = (codec, keepsInputs, codec is ValueCodec<TInput>);
        _tail = _head = new(0, FirstInputs, FirstBytes, keepsInputs);
    }

    /// <summary>What the writer ended with.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Reader: nothing is left, and nothing comes.</summary>
    public bool IsEnded => _isComplete && Available() == 0;

    /// <summary>Writer: encodes one input and hands it over. <see cref="HasRoom"/> was true.</summary>
    /// <exception cref="InputException">It is too large to travel.</exception>
    public void Add(TInput input)
    {
        if (_filled == _tail.Capacity) Extend(0);
        _begin = _end;
        var number = _isValue ? PackFormat.PutNumber(GetSpan(PackFormat.LongestNumber), input) : 0;
        if (number > 0) _end = _begin + number;
        else Encode(input);
        _tail.Inputs?[_filled] = input;
        (_tail.Starts[_filled], _tail.Starts[_filled + 1]) = (_begin, _end);
        _tail.Count = ++_filled;
        _drawn++;
        _drawnBytes += _end - _begin;
        WakeReader();
    }

    private void Encode(TInput input)
    {
        GetSpan(1);
        // Most tags take one byte.
        _end = _begin + 1;
        _codec.Write(input, this);
        var length = _end - _begin - 1;
        if (length > ChunkSizer.LargestPayload)
        {
            throw new InputException($"an input takes {length} bytes; at most {ChunkSizer.LargestPayload} travel with a call. Share it (cluster.Share), or put it where workers can read it and pass where that is.");
        }

        var tag = PackFormat.Tag(length, failed: false);
        var size = PackFormat.SizeOf(tag);
        if (size > 1) GetSpan(size - 1);
        _end = _begin + PackFormat.PutTag(_tail.Bytes.AsSpan(_begin), length, tag);
    }

    /// <summary>Writer: whether one more may be added.</summary>
    public bool HasRoom => _drawn - Volatile.Read(ref _taken) < Ahead && _drawnBytes - Volatile.Read(ref _takenBytes) < AheadBytes;

    /// <summary>Writer: ends when there is room.</summary>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellation)
    {
        while (!HasRoom)
        {
            Interlocked.Exchange(ref _writerWaitsAt, _drawn);
            // Withdrawn in time; otherwise the reader has seen it, and releases.
            if (HasRoom && Interlocked.Exchange(ref _writerWaitsAt, 0) != 0) return;
            await _room.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Writer: no more comes.</summary>
    public void Complete(Exception? error)
    {
        Error = error;
        _isComplete = true;
        WakeReader();
    }

    /// <summary>Reader: inputs that are there.</summary>
    public int Drawn => (int)(Volatile.Read(ref _drawn) - _taken);

    /// <summary>Reader: the number of the next input, if there is one now.</summary>
    public bool TryPeek(out long number)
    {
        number = _taken;
        return Available() > 0;
    }

    /// <summary>Reader: takes the next input, or so many at most as a pack.</summary>
    public bool TryTake(int most, out TaskBatch batch)
    {
        var available = Available();
        if (available == 0)
        {
            batch = default;
            return false;
        }

        var count = Math.Min(available, most);
        while (count > 1 && _head.Items(_next, count).Length > LargestPackBytes) count /= 2;
        if (count > 1)
        {
            batch = new PackedInputs<TInput>(_head, _next, count).ToBatch();
        }
        else
        {
            batch = _head.Task(_next);
            count = 1;
        }

        _takenBytes += _head.Items(_next, count).Length;
        _next += count;
        Interlocked.Exchange(ref _taken, _taken + count);
        // Not for every little room: waking a thread costs more than what it would add.
        var waitsAt = Volatile.Read(ref _writerWaitsAt);
        if (waitsAt != 0 && waitsAt - _taken <= Ahead / 2 && Interlocked.Exchange(ref _writerWaitsAt, 0) != 0) _room.Release();
        return true;
    }

    /// <summary>Reader: ends when there is an input to take, or all have been.</summary>
    public Task WaitAsync()
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _readerWaits, waiter);
        Interlocked.MemoryBarrierProcessWide();
        if (Available() > 0 || _isComplete) waiter.TrySetResult();
        return waiter.Task;
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _tail.Bytes.Length - _end);
        _end += count;
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        GetSpan(sizeHint);
        return _tail.Bytes.AsMemory(_end);
    }

    public Span<byte> GetSpan(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (_tail.Bytes.Length - _end < needed) Extend(needed);
        return _tail.Bytes.AsSpan(_end);
    }

    /// <summary>A new segment, which begins with what is written of the input at hand.</summary>
    private void Extend(int needed)
    {
        var written = needed == 0 ? 0 : _end - _begin;
        var inputs = Math.Min(MostInputs, 2 * _tail.Capacity);
        // An input that outgrows a segment doubles it, as any buffer does.
        var bytes = Math.Max(Math.Min(MostBytes, 2 * _tail.Bytes.Length), checked(Math.Max(2 * written, written + needed)));
        var segment = new InputSegment<TInput>(_drawn, inputs, bytes, _keepsInputs);
        _tail.Bytes.AsSpan(_end - written, written).CopyTo(segment.Bytes);
        _tail.Next = segment;
        (_tail, _filled, _begin, _end) = (segment, 0, 0, written);
    }

    /// <summary>Reader: inputs that can be taken at once.</summary>
    private int Available()
    {
        var head = _head;
        var available = head.Count - _next;
        while (available == 0 && head.Next is { } next)
        {
            // It may have been added to since it was looked at, but not since it has a next.
            available = head.Count - _next;
            if (available > 0) break;
            // Cut off: one that has grown old before it died would keep all later ones alive with it until a full collection.
            head.Next = null;
            (_head, _next) = (next, 0);
            head = next;
            available = head.Count;
        }

        return available;
    }

    private void WakeReader()
    {
        if (Volatile.Read(ref _readerWaits) is not null) Interlocked.Exchange(ref _readerWaits, null)?.TrySetResult();
    }
}
