using System.Diagnostics;
using System.Globalization;
using Xunit.Sdk;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>
/// Rounds of random input, each from its own seed. Normally few and always the same; with <see cref="Variable"/> set to a
/// number of seconds each test goes on that long, from another seed every time. What fails names its seed, and
/// <see cref="SeedVariable"/> runs that one alone.
/// </summary>
internal static class Fuzz
{
    public const string Variable = "ACTORCOMPUTE_FUZZ";
    public const string SeedVariable = "ACTORCOMPUTE_FUZZ_SEED";

    // A round takes milliseconds. One that takes this long never ends.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static void Run(int rounds, Action<Random> round)
    {
        var (seed, error, isDone) = (0, (Exception?)null, false);
        var clock = Stopwatch.StartNew();
        var thread = new Thread(() =>
        {
            try
            {
                foreach (var next in Seeds(rounds))
                {
                    Volatile.Write(ref seed, next);
                    clock.Restart();
                    round(new Random(next));
                }
            }
            catch (Exception e)
            {
                error = e;
            }

            Volatile.Write(ref isDone, true);
        })
        { IsBackground = true };
        thread.Start();
        while (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            if (clock.Elapsed > Longest) throw new XunitException($"seed {Volatile.Read(ref seed)}: has not ended after {Longest.TotalSeconds} s; {SeedVariable}={seed} runs it alone.");
        }

        if (error is not null) throw new XunitException($"seed {seed} ({SeedVariable}={seed} runs it alone): {error.Message}", error);
        Assert.True(isDone);
    }

    private static IEnumerable<int> Seeds(int rounds)
    {
        if (Number(SeedVariable) is { } alone) return [alone];
        if (Number(Variable) is not { } seconds) return Enumerable.Range(0, rounds);
        var started = Stopwatch.GetTimestamp();
        var first = Random.Shared.Next(1_000_000_000);
        return Enumerable.Range(first, int.MaxValue - first).TakeWhile(_ => Stopwatch.GetElapsedTime(started).TotalSeconds < seconds);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
