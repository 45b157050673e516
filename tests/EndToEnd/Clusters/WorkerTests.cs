namespace ActorCompute.EndToEnd.Clusters;

/// <summary>The worker's keeper and the node that it keeps.</summary>
[Collection(Lane.Clusters)]
public class WorkerTests
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Node_Killed_IsStartedAgainAndTakesWork()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        var keeper = cluster.Workers[0];
        var first = await ProcessOfWorkerAsync(cluster);
        RunningProgram.KillById(first);
        await keeper.WaitForLineAsync(keeper.Error, line => line.Contains("it is started again", StringComparison.Ordinal), "the keeper's word on the killed node");
        // The client may still see the dead life, which is lost at once, and then the next one.
        var second = await ProcessOfWorkerAsync(cluster);
        Assert.NotEqual(first, second);
        Assert.Contains(second, keeper.Family);
    }

    [Fact]
    public async Task Node_KilledInTheMiddleOfAJob_TheJobEndsRight()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 2);
        await using var client = cluster.StartCli("primes", "count", "1", "2e10", "--progress", "plain");
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        foreach (var node in cluster.Workers[0].Family.Where(id => id != cluster.Workers[0].Id)) RunningProgram.KillById(node);
        Assert.Equal(["882206716"], (await client.WaitAsync("the job of which a node was killed")).AssertExit(0).Output);
    }

    [Fact]
    public async Task Worker_StartedBeforeTheSeed_Registers()
    {
        var port = FreePort.Find();
        await using var worker = TestCluster.StartWorker($"127.0.0.1:{port}", "early");
        await worker.WaitForLineAsync(worker.Error, line => line.Contains("'early'", StringComparison.Ordinal), "the keeper's first line");
        var (seed, address) = await TestCluster.StartSeedAsync(port);
        await using (seed)
        {
            Assert.Equal(["number\tprime", "7\ttrue"], (await CommandLineProgram.RunAsync("primes", "test", "7", "--cluster", address)).AssertClean().Output);
        }
    }

    [Fact]
    public async Task Worker_WrongSecret_EndsAndSaysSo()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 0);
        await using var worker = TestCluster.StartWorker(cluster.Address, "stranger", variables: new Dictionary<string, string?> { ["ACTORCOMPUTE_SECRET"] = "another secret altogether" });
        (await worker.WaitAsync("the refused worker")).AssertExit(2).AssertSays("error: ", cluster.Address, "secret");
        Assert.Empty(worker.Family);
    }

    [Fact]
    public async Task Worker_PortIsInUse_EndsAndSaysSo()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 0);
        var port = cluster.Address.Split(':')[1];
        await using var worker = RunningProgram.Start("Worker", "actorcompute-worker", ["--seed", cluster.Address, "--port", port]);
        (await worker.WaitAsync("the worker without a port")).AssertExit(2).AssertSays("error: ", port, "in use");
        Assert.Empty(worker.Family);
    }

    [Fact]
    public async Task Worker_AddressIsNotOfThisMachine_EndsAndSaysSo()
    {
        // 192.0.2.0/24 is for documentation and nobody's.
        await using var worker = RunningProgram.Start("Worker", "actorcompute-worker", ["--seed", "127.0.0.1:4053", "--host", "192.0.2.1"]);
        (await worker.WaitAsync("the worker without an address")).AssertExit(2).AssertSays("error: ", "192.0.2.1");
        Assert.Empty(worker.Family);
    }

    [UnixFact]
    public async Task Worker_Terminated_EndsWithItsNode()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        var keeper = cluster.Workers[0];
        Signal.Send(keeper.Id, Signal.Terminate);
        (await keeper.WaitAsync("the terminated keeper", StopLimit)).AssertExit(0);
        Assert.Empty(keeper.Family);
    }

    [UnixFact]
    public async Task Worker_TerminatedWhileAJobRuns_EndsAndAnotherWorkerTakesOver()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        await using var client = cluster.StartCli("primes", "count", "1", "1e10", "--progress", "plain");
        await Jobs.WaitUntilItRunsAsync(client, workers: 1);
        cluster.AddWorker("second");
        Signal.Send(cluster.Workers[0].Id, Signal.Terminate);
        (await cluster.Workers[0].WaitAsync("the terminated keeper", StopLimit)).AssertExit(0);
        Assert.Equal(["455052511"], (await client.WaitAsync("the job that another worker took over")).AssertExit(0).Output);
    }

    [UnixFact]
    public async Task Keeper_Killed_ItsNodeEndsToo()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        var keeper = cluster.Workers[0];
        Assert.Equal(2, keeper.Family.Count);
        Signal.Send(keeper.Id, Signal.Kill);
        await keeper.AssertFamilyEndsAsync("the keeper was killed", StopLimit);
    }

    private static async Task<int> ProcessOfWorkerAsync(TestCluster cluster) =>
        JsonAnswer.Parse((await cluster.RunAsync("primes", "test", "7", "--format", "json")).AssertExit(0)).Rows[0].GetProperty("pid").GetInt32();
}
