using System.Diagnostics;

namespace ActorCompute.EndToEnd.Clusters;

/// <summary>Several clients of one cluster, among them some that end badly.</summary>
[Collection(Lane.Clusters)]
public class ClientTests
{
    private static readonly TimeSpan FreeLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task TwoClients_OneIsKilledInTheMiddle_TheOtherIsServedAndTheClusterIsFreeAgain()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        var node = await ProcessOfWorkerAsync(cluster);
        await using var endless = cluster.StartCli(Jobs.Endless);
        await Jobs.WaitUntilItRunsAsync(endless, workers: 1);

        // The one slot is busy with hours of work; the other client has its turn all the same.
        Assert.Equal(["5761455"], (await cluster.RunAsync("primes", "count", "1", "1e8")).AssertClean().Output);
        endless.Kill();
        await endless.WaitAsync("the killed client");
        Assert.Equal(["5761455"], (await cluster.RunAsync("primes", "count", "1", "1e8")).AssertClean().Output);

        await AssertIdleAsync(node);
        Assert.Equal(node, await ProcessOfWorkerAsync(cluster));
    }

    [UnixFact]
    public async Task Client_Interrupted_EndsWith130AndTheClusterIsFreeAgain()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        var node = await ProcessOfWorkerAsync(cluster);
        await using var endless = cluster.StartCli(Jobs.Endless);
        await Jobs.WaitUntilItRunsAsync(endless, workers: 1);
        Signal.Send(endless.Id, Signal.Interrupt);
        var result = (await endless.WaitAsync("the interrupted client")).AssertExit(130).AssertSays("error: cancelled");
        Assert.Empty(result.Output);
        await AssertIdleAsync(node);
    }

    [Fact]
    public async Task Client_NothingIsThere_EndsInTime()
    {
        var port = FreePort.Find();
        var startedAt = Stopwatch.GetTimestamp();
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--cluster", $"127.0.0.1:{port}")).AssertRefused(3, $"127.0.0.1:{port}");
        Assert.InRange(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, 0, 60);
    }

    [Fact]
    public async Task Client_WrongSecret_OneLineSaysSo()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 0);
        var variables = new Dictionary<string, string?> { ["ACTORCOMPUTE_SECRET"] = "another secret altogether" };
        (await CommandLineProgram.RunAsync(["primes", "test", "7", "--cluster", cluster.Address], variables)).AssertRefused(3, cluster.Address, "secret");
    }

    [Fact]
    public async Task Client_ShortSecret_OneLineSaysSo()
    {
        var variables = new Dictionary<string, string?> { ["ACTORCOMPUTE_SECRET"] = "short" };
        (await CommandLineProgram.RunAsync(["primes", "test", "7", "--cluster", "127.0.0.1:4053"], variables)).AssertRefused(2, "secret", "16");
    }

    [Fact]
    public async Task Client_ClusterHasNoWorker_EndsInTime()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 0);
        (await cluster.RunAsync("primes", "test", "7")).AssertRefused(3, cluster.Address, "no worker");
    }

    private static async Task<int> ProcessOfWorkerAsync(TestCluster cluster) =>
        JsonAnswer.Parse((await cluster.RunAsync("primes", "test", "7", "--format", "json")).AssertClean()).Rows[0].GetProperty("pid").GetInt32();

    /// <summary>Waits until a process has nothing to compute: with work left it would use all of a core's time, between two looks too.</summary>
    private static async Task AssertIdleAsync(int node)
    {
        using var process = Process.GetProcessById(node);
        var (lookedAt, used) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
        await Poll.UntilAsync($"the end of the dead client's work on process {node}", FreeLimit, () =>
        {
            var elapsed = Stopwatch.GetElapsedTime(lookedAt);
            if (elapsed < TimeSpan.FromSeconds(1)) return false;
            process.Refresh();
            var share = (process.TotalProcessorTime - used) / elapsed;
            (lookedAt, used) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            return share < 0.15;
        });
    }
}
