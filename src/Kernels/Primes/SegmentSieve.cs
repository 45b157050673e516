using System.Buffers;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// The primes above 5 of an interval, one segment after the other. A segment is some blocks long, so that the walk over
/// large base primes, which costs the same for a short and a long segment, is paid seldom.
/// </summary>
/// <remarks>
/// <code>
/// interval   |-- segment ------------------------|-- segment --- ...   512 KiB; with large primes 32 MiB = 10^9 numbers or more
/// segment    |-- block --|-- block --|-- block --|                     512 KiB, second-level cache
/// block      |tile|tile|...                                            32 KiB, first-level cache
/// </code>
/// </remarks>
internal sealed class SegmentSieve : IDisposable
{
    // Offsets of words are multiples of eight: segments start there, except the first, whose start is the interval's.
    private const int FirstSegmentBytes = 4 * 1024;

    private readonly ulong _from;
    private readonly ulong _to;
    private readonly ulong _endByte;
    private readonly uint _blockPrimesUpTo;
    private readonly int _largestSegment;
    private readonly BlockSieve _blocks;
    private readonly LargePrimes _largePrimes;
    private ulong _nextByte;
    private int _nextLength;
    private byte[] _buffer = [];

    /// <param name="from">The first number of the interval.</param>
    /// <param name="to">Its last number, not below <paramref name="from"/>.</param>
    /// <param name="soon">Start with a short segment, and double: a reader who takes a few primes waits for few.</param>
    /// <param name="tuning">Sizes and choices.</param>
    public SegmentSieve(ulong from, ulong to, bool soon, SieveTuning tuning)
    {
        _from = from;
        _to = to;
        _nextByte = from / Wheel30.Span;
        _endByte = to / Wheel30.Span + 1;

        // A prime far larger than the interval rarely hits it: not worth a place in the block sieve.
        var largestPrime = SquareRoot(to);
        var worthwhile = (uint)Math.Clamp(to - from, ushort.MaxValue + 1, tuning.LargestBlockPrime);
        _blockPrimesUpTo = Math.Min(largestPrime, worthwhile);
        _blocks = new BlockSieve(_nextByte, _blockPrimesUpTo, tuning.UseVectors);
        _largePrimes = new LargePrimes(tuning);

        var largest = largestPrime <= tuning.LargestBlockPrime
            ? BlockSieve.BlockBytes
            : Math.Clamp(largestPrime / 32, (uint)tuning.SmallestSegmentBytes, (uint)tuning.LargestSegmentBytes);
        _largestSegment = soon || largestPrime <= tuning.LargestBlockPrime
            ? (int)largest
            : (int)EvenLength(_endByte - _nextByte, largest);
        _nextLength = soon ? Math.Min(FirstSegmentBytes, _largestSegment) : _largestSegment;
    }

    /// <summary>The wheel byte that <see cref="Segment"/> starts with.</summary>
    public ulong FirstByte { get; private set; }

    /// <summary>The last number that <see cref="Segment"/> is about.</summary>
    public ulong Last { get; private set; }

    /// <summary>
    /// The current segment's primes as wheel bits; padded with zeros to a multiple of eight bytes. Overwritten by
    /// <see cref="MoveNext"/>.
    /// </summary>
    public ReadOnlyMemory<byte> Segment { get; private set; }

    /// <summary>Sieves the next segment; false when the interval is done.</summary>
    public bool MoveNext(CancellationToken cancellation)
    {
        if (_nextByte >= _endByte)
            return false;

        var length = (int)Math.Min((ulong)_nextLength, _endByte - _nextByte);
        var padded = (length + 7) & ~7;
        if (_buffer.Length < padded)
        {
            ReturnBuffer();
            _buffer = ArrayPool<byte>.Shared.Rent(padded);
        }

        FirstByte = _nextByte;
        var bytes = _buffer.AsSpan(0, length);
        for (var start = 0; start < length; start += BlockSieve.BlockBytes)
        {
            cancellation.ThrowIfCancellationRequested();
            _blocks.Sieve(bytes.Slice(start, Math.Min(BlockSieve.BlockBytes, length - start)));
        }

        _buffer.AsSpan(length, padded - length).Clear();
        var isFirst = FirstByte == _from / Wheel30.Span;
        var isLast = FirstByte + (uint)length == _endByte;
        if (isFirst)
            bytes[0] &= Wheel30.BitsFrom(_from);
        if (isLast)
            bytes[^1] &= Wheel30.BitsUpTo(_to);

        // The last number that the segment holds: its byte's 29, but not beyond the interval (nor beyond 2^64).
        Last = isLast ? _to : (FirstByte + (uint)length) * Wheel30.Span - 1;
        _largePrimes.Finish(_buffer.AsSpan(0, padded), FirstByte, _blockPrimesUpTo, SquareRoot(Last), cancellation);

        Segment = _buffer.AsMemory(0, padded);
        _nextByte += (uint)length;
        _nextLength = Math.Min(_nextLength * 2, _largestSegment);
        return true;
    }

    public void Dispose()
    {
        ReturnBuffer();
        Segment = default;
        _largePrimes.Dispose();
    }

    /// <summary>No short last segment: it would cost a walk over the large primes like the others.</summary>
    private static ulong EvenLength(ulong bytes, ulong atMost)
    {
        var segments = (bytes - 1) / atMost + 1;
        return Math.Min((bytes - 1) / segments + 8 & ~7UL, atMost);
    }

    /// <summary>From the pool: the pages of a fresh array of this size cost more than a tenth of sieving it.</summary>
    private void ReturnBuffer()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>Exact: the floating-point root can be one off for numbers above 2^52.</summary>
    internal static uint SquareRoot(ulong number)
    {
        var root = (ulong)Math.Min(Math.Sqrt(number), uint.MaxValue);
        while (root * root > number)
            root--;
        while (root < uint.MaxValue && (root + 1) * (root + 1) <= number)
            root++;
        return (uint)root;
    }
}
