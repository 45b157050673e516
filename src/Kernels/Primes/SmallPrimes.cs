namespace ActorCompute.Kernels.Primes;

/// <summary>The primes up to 2^20, made once for the process (82 025 numbers, 320 KiB).</summary>
internal static class SmallPrimes
{
    /// <summary>
    /// Above 2^16, so that a sieve of the base primes up to 2^32 needs no base primes of its own beyond these; at 2^20,
    /// every sieve up to 10^12 finds all of its base primes here.
    /// </summary>
    public const uint Limit = 1 << 20;

    private static readonly Lazy<uint[]> Cached = new(Make);

    public static uint[] All => Cached.Value;

    private static uint[] Make()
    {
        var composite = new bool[Limit + 1];
        var primes = new List<uint>(82_025);
        for (uint number = 2; number <= Limit; number++)
        {
            if (composite[number])
                continue;
            primes.Add(number);
            for (var multiple = (ulong)number * number; multiple <= Limit; multiple += number)
                composite[multiple] = true;
        }

        return [.. primes];
    }
}
