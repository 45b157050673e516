using System.Numerics;

namespace ActorCompute.Kernels.Tests.Primes;

/// <summary>
/// Another deterministic test below 2^64, on big integers: strong probable prime to Jim Sinclair's seven bases, published at
/// https://miller-rabin.appspot.com and checked against the same list of base-2 pseudoprimes as Baillie-PSW.
/// </summary>
internal static class SevenBases
{
    private static readonly uint[] Bases = [2, 325, 9375, 28178, 450775, 9780504, 1795265022];

    public static bool IsPrime(ulong number)
    {
        if (number < 4 || number % 2 == 0)
            return number is 2 or 3;
        // A base that the number divides says nothing.
        return Bases.All(testBase => testBase % number == 0 || IsStrongProbablePrime(number, testBase));
    }

    public static bool IsStrongProbablePrime(ulong number, uint testBase)
    {
        var twos = BitOperations.TrailingZeroCount(number - 1);
        var power = BigInteger.ModPow(testBase, (number - 1) >> twos, number);
        if (power.IsOne || power == number - 1)
            return true;
        for (; twos > 1; twos--)
        {
            power = power * power % number;
            if (power == number - 1)
                return true;
        }

        return false;
    }
}
