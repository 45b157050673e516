using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ActorCompute.EndToEnd.Clusters;

namespace ActorCompute.EndToEnd.Verbs;

/// <summary>A cluster that stays: <c>up</c>, <c>status</c>, <c>down</c>.</summary>
[Collection(Lane.Commands)]
public sealed class ClusterVerbTests
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(60);

    [UnixFact]
    public async Task UpDetached_StatusJobDown_NoProcessIsLeft()
    {
        var address = $"127.0.0.1:{FreePort.Find()}";
        using var state = new TestFolder();
        await using var up = RunningProgram.Start(
            "Cli", "actorcompute", ["up", "--detach", "--workers", "2", "--slots", "3", "--port", PortOf(address)], new Dictionary<string, string?> { ["ACTORCOMPUTE_STATE"] = state.PathOf("state") });
        var log = Path.Combine(state.PathOf("state"), $"up-{PortOf(address)}.log");
        (await up.WaitAsync("the command that leaves the cluster behind")).AssertExit(0).AssertSays("a cluster of 2 workers is up at", address).AssertSays("  its log:  ", log);
        Assert.Equal(4, up.Family.Count);

        var status = await StatusAsync(address);
        Assert.Equal(address, status.GetProperty("seed").GetString());
        var workers = status.GetProperty("workers").EnumerateArray().ToList();
        Assert.Equal([3, 3], workers.Select(worker => worker.GetProperty("slots").GetInt32()));
        Assert.Subset(up.Family.ToHashSet(), workers.Select(worker => worker.GetProperty("pid").GetInt32()).ToHashSet());
        Assert.Empty(JobsIn(status));

        // The background process keeps nothing of where it was started, and a hang-up of the terminal is none of its affairs.
        if (OperatingSystem.IsLinux()) Assert.All(up.Family, id => Assert.Equal("/", File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)!.FullName));
        foreach (var id in up.Family) Signal.Send(id, Signal.HangUp);

        await using var client = RunningProgram.StartCli([.. Jobs.Endless, "--cluster", address]);
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        JsonElement? job;
        do job = JobsIn(await StatusAsync(address)).Select(found => (JsonElement?)found).FirstOrDefault(found => found!.Value.GetProperty("in_flight").GetInt64() > 0);
        while (job is null);
        Assert.Equal("primes-count", job.Value.GetProperty("kind").GetString());
        var shown = (await CommandLineProgram.RunAsync("status", "--cluster", address)).AssertClean().Output;
        Assert.Contains(shown, line => line.Contains(job.Value.GetProperty("id").GetString()!, StringComparison.Ordinal) && line.Contains("primes-count", StringComparison.Ordinal));
        Assert.True(job.Value.GetProperty("total").GetInt64() > 0);
        Signal.Send(client.Id, Signal.Interrupt);
        (await client.WaitAsync("the client's end")).AssertExit(130);

        (await CommandLineProgram.RunAsync("status", "--cluster", address)).AssertExit(0);
        (await CommandLineProgram.RunAsync("down", "--cluster", address)).AssertExit(0).AssertSays($"the cluster at {address} stops");
        await up.AssertFamilyEndsAsync("the cluster was told to stop", Seconds);
        var lines = await File.ReadAllLinesAsync(log);
        Assert.All(lines, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ", line));
        Assert.Contains(lines, line => line.EndsWith($"the cluster at {address} stops: asked to by a client", StringComparison.Ordinal));
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
        await up.WaitForLineAsync(up.Error, line => line.Contains("Z the seed ", StringComparison.Ordinal) && line.Contains("started again", StringComparison.Ordinal), "the notice that the seed is gone");

        var result = (await CommandLineProgram.RunAsync("primes", "test", "97", "--cluster", address)).AssertExit(0);
        Assert.Equal("true", Assert.Single(result.Rows)["prime"]);
        Assert.Equal(workers, (await StatusAsync(address)).GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("pid").GetInt32()));
        Signal.Send(up.Id, Signal.Interrupt);
        (await up.WaitAsync("the end after Ctrl-C")).AssertExit(0);
        await up.AssertFamilyEndsAsync("after Ctrl-C", Seconds);
    }

    [Fact]
    public async Task Status_WorkerStartedAgain_SaysHowItsLastProcessEnded()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 2);
        var before = (await StatusAsync(cluster.Address)).GetProperty("workers").EnumerateArray().ToList();
        Assert.All(before, worker => Assert.Equal(JsonValueKind.Null, worker.GetProperty("previous_end").ValueKind));
        var killed = before[0];
        RunningProgram.KillById(killed.GetProperty("pid").GetInt32());

        JsonElement next = default;
        await Poll.UntilAsync("its next incarnation", RunningProgram.Limit, async () =>
        {
            next = (await StatusAsync(cluster.Address)).GetProperty("workers").EnumerateArray().FirstOrDefault(worker => worker.GetProperty("id").GetString() == killed.GetProperty("id").GetString());
            return next.ValueKind == JsonValueKind.Object && next.GetProperty("incarnation").GetInt64() == 2;
        });
        var end = next.GetProperty("previous_end").GetString()!;
        if (!OperatingSystem.IsWindows()) Assert.StartsWith("ended by signal 9 (SIGKILL)", end, StringComparison.Ordinal);
        var table = (await CommandLineProgram.RunAsync("status", "--cluster", cluster.Address)).AssertClean().Output;
        Assert.Contains(table, line => line.Contains("its last process", StringComparison.Ordinal));
        Assert.Single(table, line => line.Contains(end.Split(';')[0], StringComparison.Ordinal));
    }

    [NothingOnTheUsualPortTheory]
    [InlineData("status")]
    [InlineData("dump")]
    [InlineData("down")]
    [InlineData("drain", "1")]
    public async Task Verb_BeforeAnyUp_SaysWhatToDoInOneLine(params string[] arguments)
    {
        // Whether there is a secret or not.
        foreach (var secret in new[] { TestCluster.Secret, null })
        {
            var result = await CommandLineProgram.RunAsync(arguments, new Dictionary<string, string?> { ["ACTORCOMPUTE_SECRET"] = secret, ["XDG_DATA_HOME"] = "/nonexistent" });
            result.AssertRefused(3, "no cluster runs on this machine at 127.0.0.1:4053", "actorcompute up --detach", "--cluster");
        }
    }

    private static string PortOf(string address) => address[(address.LastIndexOf(':') + 1)..];

    private static async Task<JsonElement> StatusAsync(string address) =>
        JsonAnswer.ParseText(string.Join('\n', (await CommandLineProgram.RunAsync("status", "--json", "--cluster", address)).AssertClean().Output));

    private static IEnumerable<JsonElement> JobsIn(JsonElement status) =>
        status.GetProperty("clients").EnumerateArray().SelectMany(client => client.GetProperty("jobs").EnumerateArray());

    /// <summary>A theory about the default address of a cluster: skipped where somebody has one there.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class NothingOnTheUsualPortTheoryAttribute : TheoryAttribute
    {
        public NothingOnTheUsualPortTheoryAttribute()
        {
            try
            {
                using var socket = new TcpClient();
                socket.Connect(IPAddress.Loopback, 4053);
                Skip = "something listens on port 4053 of this machine";
            }
            catch (SocketException)
            {
                // As it should be.
            }
        }
    }
}
