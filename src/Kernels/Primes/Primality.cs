using System.Numerics;

namespace ActorCompute.Kernels.Primes;

/// <summary>Deterministic primality of single numbers.</summary>
public static class Primality
{
    private static ReadOnlySpan<byte> TrialDivisors => [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];

    // The next prime after the trial divisors is 59: below 59^2 a number without such a divisor is prime.
    private const ulong TrialDivisionDecidesBelow = 59 * 59;

    // Strong probable prime to 2, 7 and 61 means prime below 4 759 123 141:
    // G. Jaeschke, "On strong pseudoprimes to several bases", Math. Comp. 61 (1993).
    private const ulong ThreeBasesDecideBelow = 4_759_123_141;
    private static ReadOnlySpan<uint> ThreeBases => [2, 7, 61];

    // Jim Sinclair's seven bases leave no composite below 2^64: checked against the complete list of base-2 strong
    // pseudoprimes below 2^64 (J. Feitsma, W. Galway, 2011); published at https://miller-rabin.appspot.com.
    private static ReadOnlySpan<uint> SevenBases => [2, 325, 9375, 28178, 450775, 9780504, 1795265022];

    /// <summary>Whether <paramref name="number"/> is prime. Exact for every 64-bit value, not "probably".</summary>
    /// <remarks>
    /// Trial division, then strong probable prime tests to a set of bases that is known to leave no composite in the
    /// range: Jaeschke (1993) below 4 759 123 141, Sinclair's seven bases below 2^64. About a microsecond or two for
    /// a large prime, less for most composites.
    /// </remarks>
    public static bool IsPrime(ulong number)
    {
        if (number < 2)
            return false;
        foreach (var divisor in TrialDivisors)
        {
            if (number % divisor == 0)
                return number == divisor;
        }

        return number < TrialDivisionDecidesBelow || PassesStrongTests(number);
    }

    /// <summary>The strong tests alone, for odd numbers above 2 whose small factors were sieved out already.</summary>
    internal static bool PassesStrongTests(ulong oddNumber)
    {
        var arithmetic = new Montgomery(oddNumber);
        var bases = oddNumber < ThreeBasesDecideBelow ? ThreeBases : SevenBases;
        foreach (var testBase in bases)
        {
            if (!IsStrongProbablePrime(oddNumber, testBase, arithmetic))
                return false;
        }

        return true;
    }

    private static bool IsStrongProbablePrime(ulong number, uint testBase, in Montgomery arithmetic)
    {
        // A base that the number divides says nothing; the published sets count it as passed.
        if (testBase % number == 0)
            return true;

        var twos = BitOperations.TrailingZeroCount(number - 1);
        var power = arithmetic.Power(arithmetic.Enter(testBase), (number - 1) >> twos);
        if (power == arithmetic.One || power == arithmetic.MinusOne)
            return true;
        while (--twos > 0)
        {
            power = arithmetic.Multiply(power, power);
            if (power == arithmetic.MinusOne)
                return true;
        }

        return false;
    }
}
