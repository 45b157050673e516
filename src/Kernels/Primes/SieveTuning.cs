using System.Numerics;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// Sizes and choices of a sieve. The results do not depend on them, only the time; tests set them so that every path is
/// taken on small intervals too.
/// </summary>
internal sealed record SieveTuning
{
    /// <summary>Base primes are found by sieving with primes up to here.</summary>
    public const uint LeastLargestBlockPrime = 1 << 16;

    public static SieveTuning Default { get; } = new();

    /// <summary>Vector instructions, or the same in plain loops.</summary>
    public bool UseVectors { get; init; } = Vector.IsHardwareAccelerated;

    /// <summary>
    /// Primes up to here are sieved block by block, larger ones by buckets. At least
    /// <see cref="LeastLargestBlockPrime"/>, at most <see cref="SmallPrimes.Limit"/>. With buckets a hit costs the same
    /// for all primes; in blocks it costs less, until a prime hits a block twice or less.
    /// </summary>
    public uint LargestBlockPrime { get; init; } = SmallPrimes.Limit;

    /// <summary>The part of a segment that one bucket's hits are in: it stays in a second-level cache of 512 KiB or more.</summary>
    public int BucketSpanBits { get; init; } = 18;

    /// <summary>Hits in a bucket: enough to pay for bringing that part of the segment into the cache.</summary>
    public int BucketCapacity { get; init; } = 16 * 1024;

    /// <summary>At least this many bytes a segment when there are large primes to walk over.</summary>
    public int SmallestSegmentBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bounds the memory: 4 · 10^9 numbers, one for each that a base prime can be.</summary>
    public int LargestSegmentBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>How to finish a segment; null takes what is cheaper.</summary>
    public LargePrimeMethod? LargePrimes { get; init; }
}

/// <summary>What is done about base primes too large for the blocks.</summary>
internal enum LargePrimeMethod
{
    /// <summary>All of them are walked over and crossed out.</summary>
    CrossOff,

    /// <summary>Each number that still stands is tested.</summary>
    Test,
}
