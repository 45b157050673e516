namespace ActorCompute.Kernels.Primes;

/// <summary>
/// Sieves consecutive blocks of wheel bytes by the primes from 7 up to a limit of at most 2^20, whose positions it keeps
/// from block to block. A block fits the second-level cache; the smallest primes work on tiles of the first-level cache.
/// </summary>
internal sealed class BlockSieve
{
    /// <summary>
    /// Half of a second-level cache of 1 MiB. With 256 KiB all primes up to 2^20 take 30 % longer: each is looked at twice as
    /// often. With a cache of 512 KiB the block's few misses are sequential.
    /// </summary>
    public const int BlockBytes = 512 * 1024;

    private const int TileBytes = 32 * 1024; // the first-level data cache of nearly all processors, or less

    // A prime pays eight loop starts for each span. Below about 32 hits for each loop in a tile, or 4 in a block, those
    // starts cost more than the nearer cache or the tighter loop gains (measured with pi(10^10)).
    private const uint LargestTilePrime = TileBytes / 32;
    private const uint LargestOftenPrime = BlockBytes / 4;

    private readonly Group _tileGroup;
    private readonly Group _oftenGroup;
    private readonly Group _seldomGroup;
    private readonly bool _useVectors;
    private ulong _nextByte;

    /// <param name="firstByte">Where the first block starts.</param>
    /// <param name="largestPrime">Multiples of larger primes stay standing; at most <see cref="SmallPrimes.Limit"/>.</param>
    /// <param name="useVectors">Vector instructions, or plain loops.</param>
    public BlockSieve(ulong firstByte, uint largestPrime, bool useVectors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(largestPrime, SmallPrimes.Limit);
        _nextByte = firstByte;
        _useVectors = useVectors;
        _tileGroup = new Group(PreSieve.LargestPrime, Math.Min(largestPrime, LargestTilePrime));
        _oftenGroup = new Group(LargestTilePrime, Math.Min(largestPrime, LargestOftenPrime));
        _seldomGroup = new Group(LargestOftenPrime, largestPrime);
    }

    /// <summary>Overwrites <paramref name="block"/> with the next bytes; any length up to a block's.</summary>
    public unsafe void Sieve(Span<byte> block)
    {
        fixed (byte* bytes = block)
        {
            for (var start = 0; start < block.Length; start += TileBytes)
            {
                var length = Math.Min(TileBytes, block.Length - start);
                var tileByte = _nextByte + (uint)start;
                PreSieve.Fill(block.Slice(start, length), tileByte, _useVectors);
                foreach (ref var prime in _tileGroup.StartedBefore(tileByte, length))
                    prime.CrossOffOften(bytes + start, (uint)length);
            }

            foreach (ref var prime in _oftenGroup.StartedBefore(_nextByte, block.Length))
                prime.CrossOffOften(bytes, (uint)block.Length);
            foreach (ref var prime in _seldomGroup.StartedBefore(_nextByte, block.Length))
                prime.CrossOffSeldom(bytes, (uint)block.Length);
        }

        _nextByte += (uint)block.Length;
    }

    /// <summary>Sieving primes of one range. A prime starts in the span that holds its square, not before.</summary>
    private sealed class Group
    {
        private readonly ReadOnlyMemory<uint> _primes;
        private readonly SievingPrime[] _started;
        private int _count;

        public Group(uint above, uint upTo)
        {
            var first = IndexAbove(above);
            _primes = SmallPrimes.All.AsMemory(first, Math.Max(0, IndexAbove(upTo) - first));
            _started = new SievingPrime[_primes.Length];
        }

        public Span<SievingPrime> StartedBefore(ulong firstByte, int length)
        {
            var primes = _primes.Span;
            while (_count < primes.Length && (ulong)primes[_count] * primes[_count] / Wheel30.Span < firstByte + (uint)length)
            {
                _started[_count] = new SievingPrime(primes[_count], firstByte);
                _count++;
            }

            return _started.AsSpan(0, _count);
        }

        private static int IndexAbove(uint value)
        {
            var index = Array.BinarySearch(SmallPrimes.All, value);
            return index >= 0 ? index + 1 : ~index;
        }
    }
}
