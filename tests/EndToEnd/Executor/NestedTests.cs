
namespace ActorCompute.EndToEnd.Executor;

/// <summary>Functions that use a cluster themselves.</summary>
[Collection(Lane.Clusters)]
public sealed class NestedTests
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    [Fact]
    public async Task ConnectAsync_InAFunctionThatWaits_UsesTheClusterItRunsOn()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 2, Secret = TestCluster.Secret, StartTimeout = Bound });
        Assert.Equal(30, await cluster.Submit(NestedFunctions.SumOfSquaresAsync, cluster.Seed).ResultAsync(Bound));
    }

    [Fact]
    public async Task StartLocalAsync_InAFunctionThatWaits_HasAClusterOfItsOwn()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 1, StartTimeout = Bound });
        Assert.Equal(30, await cluster.Submit(NestedFunctions.SumOnOwnClusterAsync, 4).ResultAsync(Bound));
        Assert.Equal(1, await cluster.Submit(NestedFunctions.CopiesOfAkka, 0).ResultAsync(Bound));
    }
}

/// <summary>What these tests call on workers.</summary>
internal static class NestedFunctions
{
    public static long Square(long number) => number * number;

    /// <summary>How many copies of Akka.NET this process has.</summary>
    public static int CopiesOfAkka(int ignored) => AppDomain.CurrentDomain.GetAssemblies().Count(assembly => assembly.GetName().Name == "Akka") + (0 * ignored);

    public static async Task<long> SumOfSquaresAsync(string seed)
    {
        await using var cluster = await ComputeCluster.ConnectAsync(seed, new() { Secret = TestCluster.Secret });
        return await SumAsync(cluster, 4);
    }

    public static async Task<long> SumOnOwnClusterAsync(int count)
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(workers: 1);
        return await SumAsync(cluster, count);
    }

    private static async Task<long> SumAsync(ComputeCluster cluster, int count)
    {
        var sum = 0L;
        await foreach (var square in cluster.Map(Square, Enumerable.Range(1, count).Select(number => (long)number))) sum += square;
        return sum;
    }
}
