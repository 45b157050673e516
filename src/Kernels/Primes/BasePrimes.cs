using System.Buffers.Binary;
using System.Numerics;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// Walks over the primes of an interval below 2^32, a batch at a time, sieving them as it goes: there are 203 million, never
/// stored.
/// </summary>
internal sealed class BasePrimes
{
    /// <summary>More than a word of the sieve can hold: what a batch may run over its end by.</summary>
    private const int PrimesOfAWord = 64;

    private readonly uint _above;
    private readonly uint _upTo;
    private readonly BlockSieve _sieve;
    private readonly byte[] _block = new byte[BlockSieve.BlockBytes];
    private uint _blockByte;  // the wheel byte that the block starts with
    private int _nextStart;   // the first byte of the block that was not read

    /// <param name="above">At least 2^16: smaller primes are the base primes' own base primes.</param>
    /// <param name="upTo">The last number of the interval.</param>
    /// <param name="tuning">Of the sieve that the primes are for.</param>
    public BasePrimes(uint above, uint upTo, SieveTuning tuning)
    {
        _above = above;
        _upTo = upTo;
        _blockByte = (above + 1) / Wheel30.Span;
        _sieve = new BlockSieve(_blockByte, Math.Min(SegmentSieve.SquareRoot(upTo), ushort.MaxValue), tuning.UseVectors);
        _sieve.Sieve(_block);
    }

    /// <summary>The next primes, ascending; none when the interval is done.</summary>
    /// <param name="batch">Room for them, more than 64. It may not be filled.</param>
    /// <returns>How many there are.</returns>
    public int Next(Span<uint> batch)
    {
        var count = 0;
        while (count == 0 && _blockByte <= _upTo / Wheel30.Span)
        {
            count = Read(batch);
            if (_nextStart == _block.Length)
            {
                _blockByte += BlockSieve.BlockBytes;
                _nextStart = 0;
                if (_blockByte <= _upTo / Wheel30.Span)
                    _sieve.Sieve(_block);
            }
        }

        return count;
    }

    private int Read(Span<uint> batch)
    {
        var count = 0;
        for (; _nextStart < _block.Length && count <= batch.Length - PrimesOfAWord; _nextStart += 8)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(_block.AsSpan(_nextStart));
            var low = (_blockByte + (ulong)_nextStart) * Wheel30.Span;
            // Bits of numbers at or below the interval's start, or beyond its end, are in its first and last words alone.
            if (low <= _above || low + 8 * Wheel30.Span > _upTo)
                word = WithinInterval(word, low);
            for (; word != 0; word &= word - 1)
                batch[count++] = (uint)low + Wheel30.WordDistances[BitOperations.TrailingZeroCount(word)];
        }

        return count;
    }

    private ulong WithinInterval(ulong word, ulong low)
    {
        for (var bits = word; bits != 0; bits &= bits - 1)
        {
            var number = low + Wheel30.WordDistances[BitOperations.TrailingZeroCount(bits)];
            if (number <= _above || number > _upTo)
                word &= ~(bits & (0 - bits));
        }

        return word;
    }
}
