using ActorCompute.Kernels.Primes;

namespace ActorCompute.Kernels.Tests.Primes;

/// <summary>The two halves of Baillie-PSW by themselves: each has its known pseudoprimes, and none in common.</summary>
public class StrongTestsTests
{
    private const int Last = 100_000;

    private static readonly bool[] Prime = PlainPrimes.SieveUpTo(Last);

    /// <summary>OEIS A001262.</summary>
    [Fact]
    public void PassesBaseTwo_OddNumbers_PrimesAndTheKnownPseudoprimes() =>
        Assert.Equal(
            [2047, 3277, 4033, 4681, 8321, 15841, 29341, 42799, 49141, 52633, 65281, 74665, 80581, 85489, 88357, 90751],
            PseudoprimesTo(number => StrongTest.PassesBaseTwo(number, new Montgomery(number))));

    /// <summary>OEIS A217719.</summary>
    [Fact]
    public void PassesExtraStrong_OddNumbers_PrimesAndTheKnownPseudoprimes() =>
        Assert.Equal(
            [989, 3239, 5777, 10877, 27971, 29681, 30739, 31631, 39059, 72389, 73919, 75077],
            PseudoprimesTo(number => LucasTest.PassesExtraStrong(number, new Montgomery(number))));

    /// <summary>By Euler's criterion: a^((p-1)/2) is the symbol (a | p) modulo a prime p; and (a | pq) = (a | p)(a | q).</summary>
    [Theory]
    [InlineData(10_007, 10_009)]
    [InlineData(4_294_967_291, 4_294_967_279)]
    public void Jacobi_ProductOfTwoPrimes_ProductOfLegendreSymbols(ulong p, ulong q)
    {
        for (uint a = 0; a < 2_000; a++)
            Assert.True(Legendre(a, p) * Legendre(a, q) == LucasTest.Jacobi(a, p * q), $"{a}");

        static int Legendre(uint a, ulong prime)
        {
            var power = System.Numerics.BigInteger.ModPow(a, (prime - 1) / 2, prime);
            return power.IsZero ? 0 : power.IsOne ? 1 : -1;
        }
    }

    /// <summary>Also that no prime fails.</summary>
    private static List<int> PseudoprimesTo(Func<ulong, bool> test)
    {
        var pseudoprimes = new List<int>();
        for (var number = 159; number < Last; number += 2)
        {
            var passes = test((ulong)number);
            Assert.True(passes || !Prime[number], $"{number} is prime");
            if (passes && !Prime[number])
                pseudoprimes.Add(number);
        }

        return pseudoprimes;
    }
}
