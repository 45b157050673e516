using ActorCompute.Kinds;

namespace ActorCompute.Soak;

/// <summary>The jobs of the run, by number, each with a result that is known.</summary>
internal static class SoakJobs
{
    private const int Inputs = 2000;
    private const ulong PrimesBelowTenMillion = 664_579;

    private static readonly string Secret = "soak-soak-soak-soak-soak-soak-soak";

    public static bool IsCrash(int job) => job % 20 == 13;

    /// <returns>What is wrong with the result, or null.</returns>
    public static async Task<string?> RunAsync(ComputeCluster cluster, int job, CancellationToken cancellation)
    {
        try
        {
            if (IsCrash(job)) return await CrashAsync(cluster, cancellation);
            return (job % 5) switch
            {
                0 => await PrimesAsync(cluster, cancellation),
                1 => await MapAsync(cluster, cancellation),
                2 => await SubmitAsync(cluster, cancellation),
                3 => await LeaveEarlyAsync(cluster, cancellation),
                _ => await OtherClientAsync(cluster, cancellation),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    private static async Task<string?> PrimesAsync(ComputeCluster cluster, CancellationToken cancellation)
    {
        var count = await cluster.Run(Primes.Count(1, 10_000_000), cancellation: cancellation);
        return count == PrimesBelowTenMillion ? null : $"{count} primes";
    }

    private static async Task<string?> MapAsync(ComputeCluster cluster, CancellationToken cancellation)
    {
        var sum = 0L;
        await foreach (var result in cluster.Map(Square, Enumerable.Range(0, Inputs), cancellation: cancellation)) sum += result;
        return Check(sum);
    }

    private static async Task<string?> SubmitAsync(ComputeCluster cluster, CancellationToken cancellation)
    {
        var futures = Enumerable.Range(0, 200).Select(i => cluster.Submit(Square, i)).ToList();
        var sum = 0L;
        foreach (var future in futures) sum += await future.ResultAsync(cancellation: cancellation);
        return sum == Enumerable.Range(0, 200).Sum(i => (long)i * i) ? null : $"a sum of {sum}";
    }

    /// <summary>Takes some results and leaves.</summary>
    private static async Task<string?> LeaveEarlyAsync(ComputeCluster cluster, CancellationToken cancellation)
    {
        var taken = 0;
        await foreach (var _ in cluster.Map(Square, Enumerable.Range(0, int.MaxValue), cancellation: cancellation))
        {
            if (++taken == 500) break;
        }

        return null;
    }

    /// <summary>A client of its own, that attaches and leaves.</summary>
    private static async Task<string?> OtherClientAsync(ComputeCluster cluster, CancellationToken cancellation)
    {
        await using var other = await ComputeCluster.ConnectAsync(cluster.Seed, new() { Secret = Secret }, cancellation);
        return await MapAsync(other, cancellation);
    }

    /// <summary>Tasks that end their worker's process at their first try.</summary>
    private static async Task<string?> CrashAsync(ComputeCluster cluster, CancellationToken cancellation)
    {
        var job = ((IJobKind)BuiltInKinds.Crash).Prepare(new ParameterValues().Add("item", "a").Add("item", "b").Add("how", "kill").Add("attempts", "1"));
        var done = 0;
        await using var run = cluster.Start(job, cancellation: cancellation);
        await foreach (var outcome in run.ReadOutcomesAsync(cancellation)) done += outcome.Failure is null ? 1 : 0;
        return done == 2 ? null : $"{done} of 2 tasks that crash once were done";
    }

    private static string? Check(long sum)
    {
        var right = Enumerable.Range(0, Inputs).Sum(i => (long)i * i);
        return sum == right ? null : $"a sum of {sum}, not {right}";
    }

    private static long Square(int value) => (long)value * value;
}
