using ActorCompute.Kernels.Primes;

namespace ActorCompute.Kernels.Tests.Primes;

/// <summary>
/// The ways beyond the block sieve: buckets and tests of what still stands, with and without vector instructions. Sizes so
/// small that on a narrow interval too there are many segments, parts of a segment, full buckets and batches.
/// </summary>
public class LargePrimesTests
{
    /// <summary>With vectors or without; finished by testing or by crossing off.</summary>
    public static TheoryData<bool, bool> Paths { get; } = new() { { true, true }, { true, false }, { false, true }, { false, false } };

    /// <summary>
    /// Parts of 1 KiB (30,720 numbers), buckets of 8 hits, segments of 40 KiB (1.2 · 10^6 numbers): shorter than the large
    /// primes themselves, and no whole number of blocks.
    /// </summary>
    private static SieveTuning Small(bool vectors, bool testing) => new()
    {
        UseVectors = vectors,
        LargePrimes = testing ? LargePrimeMethod.Test : LargePrimeMethod.CrossOff,
        LargestBlockPrime = SieveTuning.LeastLargestBlockPrime,
        BucketSpanBits = 10,
        BucketCapacity = 8,
        SmallestSegmentBytes = 40 * 1024,
        LargestSegmentBytes = 40 * 1024,
    };

    /// <summary>Counts by primesieve 11.0.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void Count_KnownWindows_KnownAnswers(bool vectors, bool testing)
    {
        var tuning = Small(vectors, testing);
        Assert.Equal(89_910UL, PrimeSieve.Count(4_293_967_296, 4_295_967_296, tuning));
        Assert.Equal(36_249UL, PrimeSieve.Count(1_000_000_000_000, 1_000_001_000_000, tuning));
        Assert.Equal(28_845UL, PrimeSieve.Count(1_000_000_000_000_000, 1_000_000_001_000_000, tuning));
    }

    /// <summary>With the walk over all base primes up to 10^9, and over all up to 2^32. Counts by primesieve 11.0.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Count_NearTheEnd_KnownAnswers(bool vectors)
    {
        var tuning = new SieveTuning { UseVectors = vectors, LargePrimes = LargePrimeMethod.CrossOff };
        Assert.Equal(24_280UL, PrimeSieve.Count(1_000_000_000_000_000_000, 1_000_000_000_001_000_000, tuning));
        Assert.Equal(22_475UL, PrimeSieve.Count(18_446_744_073_708_551_616, 18_446_744_073_709_551_615, tuning));
    }

    /// <summary>Number by number, at the sizes of primes and squares where something begins or ends.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void Enumerate_Windows_AgreesWithPrimality(bool vectors, bool testing)
    {
        ulong[] middles =
        [
            4_295_098_369,              // 65537^2, the first square of a prime beyond the block sieve
            65_537UL * 65_539,
            1_228_801UL * 1_228_807,    // two primes about as long as a segment
            1_228_789UL * 1_228_789,
            30_713UL * 1_000_003,       // about as long as a part
            1_000_000_000_000_000,
            31_622_743UL * 31_622_743,  // the largest base prime of 10^15, squared
            10_000_000_000_000_061,
        ];
        var tuning = Small(vectors, testing);
        foreach (var middle in middles)
        {
            var (from, to) = (middle - 3_001, middle + 3_003);
            var expected = Enumerable.Range(0, (int)(to - from) + 1).Select(i => from + (ulong)i).Where(Primality.IsPrime);
            Assert.Equal(expected, PrimeSieve.Enumerate(from, to, tuning));
        }
    }

    /// <summary>Many segments, each with its own end of the walk; against the blocks alone, which are held against Eratosthenes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Count_ManySegments_AgreesWithTheBlockSieve(bool vectors)
    {
        var tuning = Small(vectors, testing: false);
        foreach (var from in new ulong[] { 4_290_000_000, 100_000_000_007, 1_000_000_000_000 })
        {
            var to = from + 8_000_000;
            Assert.Equal(PrimeSieve.Count(from, to), PrimeSieve.Count(from, to, tuning));
        }
    }

    /// <summary>The sizes of part, bucket and segment change nothing but the time.</summary>
    [Theory]
    [InlineData(8, 4, 8)]
    [InlineData(9, 12, 4_096)]
    [InlineData(13, 64, 100_000)]
    [InlineData(18, 1_024, 1_000_000)]
    [InlineData(24, 16_384, 300_008)]
    public void Count_AnySizes_SameAnswer(int spanBits, int capacity, int segmentBytes)
    {
        const ulong From = 1_000_000_000_000, To = From + 1_000_000;
        var tuning = new SieveTuning
        {
            LargePrimes = LargePrimeMethod.CrossOff,
            LargestBlockPrime = SieveTuning.LeastLargestBlockPrime,
            BucketSpanBits = spanBits,
            BucketCapacity = capacity,
            SmallestSegmentBytes = Math.Max(segmentBytes, 4_096),
            LargestSegmentBytes = Math.Max(segmentBytes, 4_096),
        };
        Assert.Equal(36_249UL, PrimeSieve.Count(From, To, tuning));
    }

    [Fact]
    public void Count_BucketsTooSmallForTheirParts_Refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PrimeSieve.Count(0, 1, new SieveTuning { BucketCapacity = 16 }));

    /// <summary>π(3 · 10^7) without vector instructions: the pre-sieve is the other part that has them.</summary>
    [Fact]
    public void Count_WithoutVectors_KnownAnswer() =>
        Assert.Equal(1_857_859UL, PrimeSieve.Count(0, 30_000_000, new SieveTuning { UseVectors = false }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Distances_PrimesOfAllSizes_AreToTheFirstMultiple(bool vectors)
    {
        var random = new Random(20250105);
        uint[] primes = [65_537, 65_539, 1_048_583, 16_777_259, 2_147_483_647, 2_147_483_659, 4_294_967_279, 4_294_967_291];
        primes = [.. primes, .. primes, .. primes.Take(3)]; // more than one vector of any length, and a rest
        var distances = new uint[primes.Length];
        for (var round = 0; round < 20_000; round++)
        {
            var prime = primes[random.Next(primes.Length)];
            var multiple = (ulong)random.NextInt64((long)Math.Min(ulong.MaxValue / prime, long.MaxValue)) * prime;
            var low = (round % 4) switch
            {
                0 => multiple,
                1 => multiple + 1,
                2 => Math.Max(multiple, 1) - 1,
                _ => (ulong)random.NextInt64() << 1,
            };
            FirstMultiples.Distances(primes, low, distances, vectors);
            for (var i = 0; i < primes.Length; i++)
            {
                var expected = (primes[i] - (uint)(low % primes[i])) % primes[i];
                Assert.True(expected == distances[i], $"{primes[i]} from {low}: {distances[i]}, not {expected}");
            }
        }
    }

    [Theory]
    [InlineData(65_536, 65_537)]
    [InlineData(65_537, 200_000)]
    [InlineData(1_048_576, 17_000_000)]           // more than a block, more than a batch
    [InlineData(4_294_900_000, 4_294_967_295)]    // the last ones below 2^32
    public void BasePrimes_Interval_AllItsPrimes(uint above, uint upTo)
    {
        var walk = new BasePrimes(above, upTo, SieveTuning.Default);
        var batch = new uint[100];
        var primes = new List<ulong>();
        for (int count; (count = walk.Next(batch)) > 0;)
            primes.AddRange(batch.Take(count).Select(prime => (ulong)prime));
        Assert.Equal(PrimeSieve.Enumerate((ulong)above + 1, upTo), primes);
    }
}
