using ActorCompute.Kernels.Primes;

namespace ActorCompute.Kernels.Tests.Primes;

public class PrimeSieveCountTests
{
    private const int BlockNumbers = 512 * 1024 * 30; // the sieve's block: 512 KiB of 30 numbers each
    private const int TileNumbers = 32 * 1024 * 30;

    /// <summary>OEIS A006880.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(10, 4)]
    [InlineData(100, 25)]
    [InlineData(1_000, 168)]
    [InlineData(10_000, 1_229)]
    [InlineData(100_000, 9_592)]
    [InlineData(1_000_000, 78_498)]
    [InlineData(10_000_000, 664_579)]
    [InlineData(100_000_000, 5_761_455)]
    [InlineData(1_000_000_000, 50_847_534)]
    [InlineData(10_000_000_000, 455_052_511)]
    public void Count_UpToPowerOfTen_KnownAnswer(ulong last, ulong expected) =>
        Assert.Equal(expected, PrimeSieve.Count(0, last));

    /// <summary>By primesieve 11.0, and again by twelve-base Miller-Rabin tests in Python of each odd number.</summary>
    [Theory]
    [InlineData(4_293_967_296, 4_295_967_296, 89_910)]                                // 10^6 each side of 2^32
    [InlineData(1_000_000_000_000, 1_000_001_000_000, 36_249)]
    [InlineData(1_000_000_000_000_000, 1_000_000_001_000_000, 28_845)]
    [InlineData(1_000_000_000_000_000_000, 1_000_000_000_001_000_000, 24_280)]
    [InlineData(18_446_744_073_708_551_616, 18_446_744_073_709_551_615, 22_475)]      // the last 10^6
    public void Count_WindowFarUp_KnownAnswer(ulong from, ulong to, ulong expected) =>
        Assert.Equal(expected, PrimeSieve.Count(from, to));

    /// <summary>
    /// Wide enough to be worth a walk over the base primes beyond 2^20. Found with primesieve 11.0. (The same at the last
    /// 10^8 numbers below 2^64, 2 253 052 primes, walks up to 2^32: right, but 15 s in a debug build.)
    /// </summary>
    [Theory]
    [InlineData(1_000_000_000_000_000, 1_000_000_100_000_000, 2_893_937)]
    [InlineData(100_000_000_000_000_000, 100_000_000_010_000_000, 255_085)]
    public void Count_WideWindowFarUp_KnownAnswer(ulong from, ulong to, ulong expected) =>
        Assert.Equal(expected, PrimeSieve.Count(from, to));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(0, 2, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(2, 3, 2)]
    [InlineData(3, 3, 1)]
    [InlineData(4, 4, 0)]
    [InlineData(5, 5, 1)]
    [InlineData(6, 6, 0)]
    [InlineData(7, 7, 1)]
    [InlineData(8, 10, 0)]
    [InlineData(4_294_967_291, 4_294_967_311, 2)]
    [InlineData(4_294_967_292, 4_294_967_310, 0)]
    [InlineData(18_446_744_030_759_878_681, 18_446_744_030_759_878_681, 0)]           // 4294967291^2
    [InlineData(18_446_744_073_709_551_557, 18_446_744_073_709_551_615, 1)]           // 2^64-59 is the last prime
    [InlineData(18_446_744_073_709_551_558, 18_446_744_073_709_551_615, 0)]
    [InlineData(18_446_744_073_709_551_615, 18_446_744_073_709_551_615, 0)]
    public void Count_Boundaries_Exact(ulong from, ulong to, ulong expected) =>
        Assert.Equal(expected, PrimeSieve.Count(from, to));

    [Fact]
    public void Count_FromAboveTo_Refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PrimeSieve.Count(2, 1));

    [Fact]
    public void Count_EveryAlignmentOfBothEnds_AgreesWithEratosthenes()
    {
        var isPrime = PlainPrimes.SieveUpTo(500);
        for (var from = 0; from <= 70; from++)
        {
            ulong expected = 0;
            for (var to = from; to <= 400; to++)
            {
                expected += isPrime[to] ? 1UL : 0;
                Assert.True(expected == PrimeSieve.Count((ulong)from, (ulong)to), $"[{from}, {to}]");
            }
        }
    }

    /// <summary>A border of tile or block may neither lose a number nor count it twice.</summary>
    [Theory]
    [InlineData(TileNumbers)]
    [InlineData(BlockNumbers)]
    [InlineData(1UL << 32)]
    [InlineData(1_000_000_000_000_000_000)]
    public void Count_SplitAtEveryAlignmentAroundABorder_PartsAddUp(ulong border)
    {
        const ulong Around = 1_500;
        var whole = PrimeSieve.Count(border - Around, border + Around);
        for (var split = border - 31; split <= border + 31; split++)
        {
            var parts = PrimeSieve.Count(border - Around, split) + PrimeSieve.Count(split + 1, border + Around);
            Assert.True(whole == parts, $"split at {split}: {parts}, not {whole}");
        }
    }

    /// <summary>The square of a prime is the first number that this prime alone crosses out.</summary>
    [Fact]
    public void Count_SquareOfEachPrime_IsNotPrime()
    {
        foreach (var prime in PrimeSieve.Enumerate(2, 3_000))
            Assert.Equal(0UL, PrimeSieve.Count(prime * prime, prime * prime));
    }

    [Theory]
    [InlineData(65_521)]          // largest below 2^16, the least that a sieve keeps base primes to
    [InlineData(65_537)]
    [InlineData(1_048_573)]       // largest below 2^20, the most
    [InlineData(1_048_583)]
    [InlineData(4_294_967_291)]   // largest below 2^32
    public void Count_AroundTheSquareOfABasePrime_AgreesWithPrimality(ulong prime)
    {
        var square = prime * prime;
        var (from, to) = (square - 500, square + 500);
        Assert.Equal(CountOneByOne(from, to), PrimeSieve.Count(from, to));
    }

    [Fact]
    public void Count_RandomWindowsOfAllMagnitudes_AgreesWithPrimality()
    {
        var random = new Random(20250102);
        for (var round = 0; round < 300; round++)
        {
            var from = (ulong)random.NextInt64() << 1 >> random.Next(1, 60);
            var to = Math.Min(from, ulong.MaxValue - 5_000) + (ulong)random.Next(5_000);
            to = Math.Max(from, to);
            Assert.True(CountOneByOne(from, to) == PrimeSieve.Count(from, to), $"[{from}, {to}]");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ulong.MaxValue - 1_000)]
    public void Count_Cancelled_Throws(ulong from) =>
        Assert.Throws<OperationCanceledException>(
            () => PrimeSieve.Count(from, ulong.MaxValue, new CancellationToken(canceled: true)));

    /// <summary>The whole range would take centuries: this ends because the token is looked at while sieving.</summary>
    [Fact]
    public void Count_CancelledWhileRunning_Ends()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Assert.Throws<OperationCanceledException>(() => PrimeSieve.Count(0, ulong.MaxValue, source.Token));
    }

    private static ulong CountOneByOne(ulong from, ulong to)
    {
        ulong count = 0;
        for (var distance = 0UL; distance <= to - from; distance++)
            count += Primality.IsPrime(from + distance) ? 1UL : 0;
        return count;
    }
}
