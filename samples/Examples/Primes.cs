
namespace ActorCompute.Examples;

/// <summary>Which of some large numbers are prime: the example of Python's documentation.</summary>
internal static class Primes
{
    private static readonly long[] Numbers =
    [
        112272535095293,
        112582705942171,
        112272535095293,
        115280095190773,
        115797848077099,
        1099726899285419,
    ];

    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        // for number, prime in zip(PRIMES, executor.map(is_prime, PRIMES))
        await foreach (var outcome in cluster.Map(IsPrime, Numbers).WithOutcomes())
        {
            output.WriteLine($"{outcome.Input} is prime: {outcome.Result}");
        }
    }

    public static bool IsPrime(long number)
    {
        if (number < 2) return false;
        if (number % 2 == 0) return number == 2;
        for (var divisor = 3L; divisor * divisor <= number; divisor += 2)
        {
            if (number % divisor == 0) return false;
        }

        return true;
    }
}
