using ActorCompute.Kernels.Primes;

namespace ActorCompute.Kernels.Tests.Primes;

public class PrimalityTests
{
    [Fact]
    public void IsPrime_EveryNumberUpToAMillion_AgreesWithEratosthenes()
    {
        var isPrime = PlainPrimes.SieveUpTo(1_000_000);
        for (var number = 0; number < isPrime.Length; number++)
            Assert.True(isPrime[number] == Primality.IsPrime((ulong)number), $"{number}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(59)]
    [InlineData(2147483647)]            // 2^31 - 1
    [InlineData(4294967291)]            // largest below 2^32
    [InlineData(4294967311)]            // smallest above 2^32
    [InlineData(9223372036854775783)]   // largest below 2^63
    [InlineData(9223372036854775837)]   // smallest above 2^63
    [InlineData(18446744073709551557)]  // 2^64 - 59, the largest below 2^64
    [InlineData(112272535095293)]       // this and the next four: the examples of Python's ProcessPoolExecutor
    [InlineData(112582705942171)]
    [InlineData(115280095190773)]
    [InlineData(115797848077099)]
    public void IsPrime_Prime_True(ulong prime) => Assert.True(Primality.IsPrime(prime));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(24649)]                 // 157^2, the first number that trial division leaves open
    [InlineData(1194649)]               // 1093^2 and the next, 3511^2: the only squares that are strong pseudoprimes to base 2
    [InlineData(12327121)]
    [InlineData(1099726899285419)]      // the composite one among the ProcessPoolExecutor's examples
    [InlineData(4294967295)]            // 2^32 - 1
    [InlineData(4294967296)]
    [InlineData(4294967297)]            // F5 = 641 * 6700417
    [InlineData(18446744030759878681)]  // 4294967291^2, the largest square of a prime
    [InlineData(18446743979220271189)]  // 4294967279 * 4294967291
    [InlineData(18446744073709551615)]  // 2^64 - 1
    public void IsPrime_NotPrime_False(ulong number) => Assert.False(Primality.IsPrime(number));

    /// <summary>No prime stands among the last 58 numbers below 2^64.</summary>
    [Fact]
    public void IsPrime_AboveTheLargestPrime_False()
    {
        for (var number = ulong.MaxValue; number > 18446744073709551557; number--)
            Assert.False(Primality.IsPrime(number), $"{number}");
    }

    /// <summary>OEIS A014233: the smallest strong pseudoprime to the first 1, 2, .. 11 prime bases.</summary>
    [Theory]
    [InlineData(2047)]
    [InlineData(1373653)]
    [InlineData(25326001)]
    [InlineData(3215031751)]
    [InlineData(2152302898747)]
    [InlineData(3474749660383)]
    [InlineData(341550071728321)]
    [InlineData(3825123056546413051)]
    public void IsPrime_SmallestStrongPseudoprime_False(ulong number) => Assert.False(Primality.IsPrime(number));

    /// <summary>(6k+1)(12k+1)(18k+1) is a Carmichael number when the three factors are prime (Chernick).</summary>
    [Fact]
    public void IsPrime_CarmichaelNumbers_False()
    {
        var found = 0;
        for (ulong k = 1; k < 200_000; k++)
        {
            if (!PlainPrimes.IsPrime(6 * k + 1) || !PlainPrimes.IsPrime(12 * k + 1) || !PlainPrimes.IsPrime(18 * k + 1))
                continue;
            found++;
            var number = (UInt128)(6 * k + 1) * (12 * k + 1) * (18 * k + 1);
            Assert.True(number <= ulong.MaxValue);
            Assert.False(Primality.IsPrime((ulong)number), $"{number}");
        }

        Assert.True(found > 500, $"{found}");
    }

    /// <summary>The numbers p(2p-1) with both factors prime hold most strong pseudoprimes to a single base.</summary>
    [Fact]
    public void IsPrime_ProductsOfRelatedPrimes_False()
    {
        for (ulong p = 4_000_000_007; p > 3_999_900_000; p -= 2)
        {
            var small = p >> 1 | 1;
            if (PlainPrimes.IsPrime(small) && PlainPrimes.IsPrime(2 * small - 1))
                Assert.False(Primality.IsPrime(small * (2 * small - 1)), $"{small}");
        }
    }

    [Fact]
    public void IsPrime_RandomNumbersUpTo2To40_AgreesWithTrialDivision()
    {
        var random = new Random(20250101);
        for (var round = 0; round < 2_000; round++)
        {
            var number = (ulong)random.NextInt64(1L << random.Next(1, 41));
            Assert.True(PlainPrimes.IsPrime(number) == Primality.IsPrime(number), $"{number}");
        }
    }

    [Fact]
    public void IsPrime_SquaresOfPrimes_False()
    {
        foreach (var prime in PrimeSieve.Enumerate(2, 70_000).Concat(PrimeSieve.Enumerate(uint.MaxValue - 50_000, uint.MaxValue)))
            Assert.False(Primality.IsPrime(prime * prime), $"{prime}");
    }

    /// <summary>Numbers of all sizes, with small factors and without: two different methods say the same.</summary>
    [Fact]
    public void IsPrime_RandomNumbers_AgreesWithSevenBases()
    {
        var random = new Random(20250103);
        var primes = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var number = ((ulong)random.NextInt64() << 1 | 1) >> random.Next(32) | 1;
            var expected = SevenBases.IsPrime(number);
            primes += expected ? 1 : 0;
            Assert.True(expected == Primality.IsPrime(number), $"{number}");
        }

        Assert.True(primes > 500, $"{primes}");
    }

    /// <summary>Products of two primes near each other have no small factor, so both strong tests run.</summary>
    [Fact]
    public void IsPrime_RandomSemiprimes_False()
    {
        var random = new Random(20250104);
        for (var round = 0; round < 5_000; round++)
        {
            var (p, q) = (NextPrime((ulong)random.NextInt64(200, 1L << 32)), NextPrime((ulong)random.NextInt64(200, 1L << 32)));
            Assert.False(Primality.IsPrime(p * q), $"{p} * {q}");
        }

        static ulong NextPrime(ulong number)
        {
            for (number = Math.Min(number, uint.MaxValue - 1_000); !Primality.IsPrime(number);)
                number++;
            return number;
        }
    }
}
