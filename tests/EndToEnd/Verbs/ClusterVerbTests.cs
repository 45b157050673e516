using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ActorCompute.EndToEnd.Clusters;

namespace ActorCompute.EndToEnd.Verbs;

/// <summary>A cluster that stays: <c>up</c>, <c>status</c>, <c>down</c>.</summary>
[Collection(ProcessTests.Name)]
public sealed class ClusterVerbTests
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(20);

    [UnixFact]
    public async Task UpDetached_StatusJobDown_NoProcessIsLeft()
    {
        var address = $"127.0.0.1:{FreePort.Find()}";
        await using var up = RunningProgram.StartCli("up", "--detach", "--workers", "2", "--slots", "3", "--port", PortOf(address));
        (await up.WaitAsync("the command that leaves the cluster behind")).AssertExit(0).AssertSays("a cluster of 2 workers is up at", address);
        Assert.Equal(4, up.Family.Count);

        var status = await StatusAsync(address);
        Assert.Equal(address, status.GetProperty("seed").GetString());
        var workers = status.GetProperty("workers").EnumerateArray().ToList();
        Assert.Equal([3, 3], workers.Select(worker => worker.GetProperty("slots").GetInt32()));
        Assert.Subset(up.Family.ToHashSet(), workers.Select(worker => worker.GetProperty("pid").GetInt32()).ToHashSet());
        Assert.Empty(JobsIn(status));

        await using var client = RunningProgram.StartCli([.. Jobs.Endless, "--cluster", address]);
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        JsonElement? job;
        do job = JobsIn(await StatusAsync(address)).Select(found => (JsonElement?)found).FirstOrDefault(found => found!.Value.GetProperty("in_flight").GetInt64() > 0);
        while (job is null);
        Assert.Equal("primes-count", job.Value.GetProperty("kind").GetString());
        Assert.True(job.Value.GetProperty("total").GetInt64() > 0);
        Signal.Send(client.Id, Signal.Interrupt);
        (await client.WaitAsync("the client's end")).AssertExit(130);

        (await CommandLineProgram.RunAsync("status", "--cluster", address)).AssertExit(0);
        (await CommandLineProgram.RunAsync("down", "--cluster", address)).AssertExit(0).AssertSays($"the cluster at {address} stops");
        await up.AssertFamilyEndsAsync("the cluster was told to stop", Seconds);
        (await CommandLineProgram.RunAsync("status", "--cluster", address)).AssertExit(3).AssertSays("error: ", "no seed answers at", address);
    }

    [Fact]
    public async Task StatusAndDown_WrongSecret_AreRefusedAndTheClusterGoesOn()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        var variables = new Dictionary<string, string?> { ["ACTORCOMPUTE_SECRET"] = "the wrong one, long enough to be one" };
        foreach (var verb in new[] { "status", "down" })
        {
            (await CommandLineProgram.RunAsync([verb, "--cluster", cluster.Address], variables)).AssertExit(3).AssertSays("error: ", "secret");
        }

        (await CommandLineProgram.RunAsync("status", "--cluster", cluster.Address)).AssertExit(0);
    }

    [Fact]
    public async Task Up_PortTaken_SaysSoAndLeavesNothing()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        (await CommandLineProgram.RunAsync("up", "--port", port, "--workers", "1")).AssertExit(3).AssertSays("error: ", port);
        (await CommandLineProgram.RunAsync("up", "--port", port, "--workers", "1", "--detach")).AssertExit(3).AssertSays("error: ", port);
    }

    [UnixFact]
    public async Task Up_SeedKilled_IsStartedAgainAndAJobWorks()
    {
        var address = $"127.0.0.1:{FreePort.Find()}";
        await using var up = RunningProgram.StartCli("up", "--workers", "1", "--port", PortOf(address));
        await up.WaitForLineAsync(up.Output!, line => line == $"ready {address}", "the cluster is up");
        var workers = (await StatusAsync(address)).GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("pid").GetInt32()).ToList();
        var seed = Assert.Single(ProcessTable.ChildrenOf(up.Id).Except(workers));

        Signal.Send(seed, Signal.Kill);
        await up.WaitForLineAsync(up.Error, line => line.StartsWith("the seed ", StringComparison.Ordinal) && line.Contains("started again", StringComparison.Ordinal), "the notice that the seed is gone");

        var result = (await CommandLineProgram.RunAsync("primes", "test", "97", "--cluster", address)).AssertExit(0);
        Assert.Equal("true", Assert.Single(result.Rows)["prime"]);
        Assert.Equal(workers, (await StatusAsync(address)).GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("pid").GetInt32()));
        Signal.Send(up.Id, Signal.Interrupt);
        (await up.WaitAsync("the end after Ctrl-C")).AssertExit(0);
        await up.AssertFamilyEndsAsync("after Ctrl-C", Seconds);
    }

    private static string PortOf(string address) => address[(address.LastIndexOf(':') + 1)..];

    private static async Task<JsonElement> StatusAsync(string address) =>
        JsonAnswer.ParseText(string.Join('\n', (await CommandLineProgram.RunAsync("status", "--json", "--cluster", address)).AssertClean().Output));

    private static IEnumerable<JsonElement> JobsIn(JsonElement status) =>
        status.GetProperty("clients").EnumerateArray().SelectMany(client => client.GetProperty("jobs").EnumerateArray());
}
