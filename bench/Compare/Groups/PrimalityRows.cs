using System.Diagnostics;
using ActorCompute.Compare.Peers;
using ActorCompute.Compare.Running;
using ActorCompute.Kernels.Primes;

namespace ActorCompute.Compare.Groups;

/// <summary>The kernel itself, on one core of this process: nanoseconds a number.</summary>
internal static class PrimalityRows
{
    public static async Task RunAsync(string group, Arena arena, CancellationToken cancellation)
    {
        var random = new Random(1);
        var odd = new ulong[arena.Size(1_000_000, 1_000)];
        for (var i = 0; i < odd.Length; i++) odd[i] = (ulong)random.NextInt64(long.MinValue, long.MaxValue) | 1;
        await RunAsync("is it prime: random odd 64-bit numbers", odd, 1.0).ConfigureAwait(false);
        await RunAsync("is it prime: the largest 64-bit primes", LargestPrimes(arena.Size(100_000, 1_000)), 1.5).ConfigureAwait(false);

        Task RunAsync(string name, ulong[] numbers, double goal)
        {
            var same = new SameAnswer();
            var flint = Flint.Find();
            return arena.RunAsync(
                new(group, name, "ns", Better.Less,
                [
                    new("Primality.IsPrime", _ => Task.FromResult(Time("IsPrime", Primality.IsPrime))) { WarmUps = 3 },
                    flint is null
                        ? Contender.NotHere("FLINT n_is_prime", "libflint is not here; apt-get install libflint-dev")
                        : new("FLINT n_is_prime", _ => Task.FromResult(Time("FLINT", flint.IsPrime))) { WarmUps = 3 },
                ])
                { Goal = new(goal, 1) },
                cancellation);

            double Time(string who, Func<ulong, bool> isPrime)
            {
                var primes = 0;
                var startedAt = Stopwatch.GetTimestamp();
                foreach (var number in numbers)
                {
                    if (isPrime(number)) primes++;
                }

                var elapsed = Stopwatch.GetElapsedTime(startedAt);
                same.Check(who, $"{primes} primes");
                return elapsed.TotalNanoseconds / numbers.Length;
            }
        }
    }

    private static ulong[] LargestPrimes(int count)
    {
        var primes = new ulong[count];
        var found = 0;
        for (var number = ulong.MaxValue; found < count; number -= 2)
        {
            if (Primality.IsPrime(number)) primes[found++] = number;
        }

        return primes;
    }
}
