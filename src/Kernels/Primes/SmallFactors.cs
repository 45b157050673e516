namespace ActorCompute.Kernels.Primes;

/// <summary>
/// Division of 64-bit numbers by the primes 3 to 151, without a division: an odd d divides n exactly when n times d's inverse
/// modulo 2^64 is at most (2^64 - 1) / d (the multiples of d are mapped onto 0, 1, 2 .. in order, all others above).
/// </summary>
internal static class SmallFactors
{
    /// <summary>Larger ones find a factor in less than one number of 1,000, and cost each number about 0.5 ns.</summary>
    public const uint Largest = 151;

    /// <summary>The square of the next prime: below, an odd number without such a factor is 1 or prime.</summary>
    public const ulong DecideBelow = 157 * 157;

    private static readonly byte[] Primes =
    [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
        101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151,
    ];

    private static readonly Divisor[] Divisors = Array.ConvertAll(Primes, prime => new Divisor(prime));

    /// <summary>Whether one of the primes divides an odd number.</summary>
    public static bool Divide(ulong number)
    {
        foreach (ref readonly var divisor in Divisors.AsSpan())
        {
            if (number * divisor.Inverse <= divisor.LargestQuotient)
                return true;
        }

        return false;
    }

    /// <summary>Whether the number is one of the primes.</summary>
    public static bool Contain(ulong number) => number <= Largest && Array.BinarySearch(Primes, (byte)number) >= 0;

    private readonly struct Divisor
    {
        public readonly ulong Inverse;
        public readonly ulong LargestQuotient;

        public Divisor(ulong prime)
        {
            Inverse = prime; // correct to 3 bits; each round doubles them
            for (var round = 0; round < 5; round++)
                Inverse *= 2 - prime * Inverse;
            LargestQuotient = ulong.MaxValue / prime;
        }
    }
}
