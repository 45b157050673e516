namespace ActorCompute.Kernels.Primes;

/// <summary>Deterministic primality of single numbers.</summary>
public static class Primality
{
    /// <summary>Whether <paramref name="number"/> is prime. Exact for every 64-bit value, not "probably".</summary>
    /// <remarks>
    /// Trial division by the primes up to 151, then a strong probable prime test to base 2 and an extra strong Lucas test
    /// (together: Baillie-PSW), which leave no composite below 2^64. About 0.7 µs for a large prime, 0.1 µs for a random
    /// odd number.
    /// </remarks>
    public static bool IsPrime(ulong number)
    {
        if ((number & 1) == 0)
            return number == 2;
        if (SmallFactors.Divide(number))
            return SmallFactors.Contain(number);
        return number < SmallFactors.DecideBelow ? number > 1 : PassesStrongTests(number);
    }

    /// <summary>
    /// The two strong tests alone, for odd numbers without a prime factor up to 151: no composite below 2^64 passes both.
    /// </summary>
    /// <remarks>
    /// That was checked against the list of all base-2 pseudoprimes below 2^64 (J. Feitsma and W. Galway, 2011) for each of
    /// the usual Lucas tests, this one among them: D. Jacobsen, "Pseudoprime statistics, tables, and data",
    /// http://ntheory.org/pseudoprimes.html.
    /// </remarks>
    internal static bool PassesStrongTests(ulong oddNumber)
    {
        var modulo = new Montgomery(oddNumber);
        return StrongTest.PassesBaseTwo(oddNumber, modulo) && LucasTest.PassesExtraStrong(oddNumber, modulo);
    }
}
