using System.Runtime.Versioning;

namespace ActorCompute.EndToEnd.Clusters;

/// <summary>The seed: it may go and come back.</summary>
[Collection(Lane.Clusters)]
public class SeedTests
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    // A worker that gets no answer for 10 s starts again on another port; then it registers within a second or two.
    private static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Seed_KilledAndStartedAgain_WorkersRegisterAgainAndANewClientIsServed()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 2);
        await cluster.RestartSeedAsync();
        await cluster.WaitForWorkersAsync(2, BackLimit);
        Assert.Equal(["5761455"], (await cluster.RunAsync("primes", "count", "1", "1e8")).AssertClean().Output);
    }

    [Fact]
    public async Task Seed_KilledWhileAJobRuns_TheJobEndsRight()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 2);
        await using var client = cluster.StartCli("primes", "count", "1", "3e10", "--progress", "plain");
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        cluster.Seed.Kill();
        Assert.Equal(["1300005926"], (await client.WaitAsync("the job whose seed was killed")).AssertExit(0).Output);
    }

    /// <summary>A worker without a seed starts again after ten seconds, but not while it serves a client, who could not find the next one.</summary>
    [Fact]
    public async Task Seed_GoneForLong_AJobKeepsItsWorkers()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 2);
        await using var client = cluster.StartCli(Jobs.Endless);
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        cluster.Seed.Kill();
        await cluster.Seed.WaitAsync("the killed seed");
        // A line every two seconds: these are sixteen.
        var before = client.Error.Lines.Count;
        var lines = 0;
        var last = await client.WaitForLineAsync(client.Error, _ => ++lines == before + 8, "progress without a seed");
        Assert.EndsWith("on 2 workers", last, StringComparison.Ordinal);
        Assert.All(cluster.Workers, keeper => Assert.DoesNotContain(keeper.Error.Lines, line => line.Contains("started again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Seed_PortIsInUse_EndsAndSaysSo()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 0);
        var port = cluster.Address.Split(':')[1];
        await using var second = RunningProgram.Start("Seed", "actorcompute-seed", ["--port", port]);
        (await second.WaitAsync("the seed without a port")).AssertRefused(2, port, "in use");
    }

    [Fact]
    public async Task Seed_AddressIsNotOfThisMachine_EndsAndSaysSo()
    {
        await using var seed = RunningProgram.Start("Seed", "actorcompute-seed", ["--port", "0", "--host", "192.0.2.1"]);
        (await seed.WaitAsync("the seed without an address")).AssertRefused(2, "192.0.2.1");
    }

    [UnixFact]
    public async Task Seed_Terminated_EndsCleanly()
    {
        var (seed, _) = await TestCluster.StartSeedAsync(0);
        await using (seed)
        {
            Signal.Send(seed.Id, Signal.Terminate);
            (await seed.WaitAsync("the terminated seed", StopLimit)).AssertExit(0);
        }
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task Seed_SecretFileIsMissing_MakesOneForItsOwnerAlone()
    {
        using var folder = new TestFolder();
        var path = folder.PathOf("secret");
        await using var seed = RunningProgram.Start("Seed", "actorcompute-seed", ["--port", "0", "--secret-file", path]);
        var line = await seed.WaitForLineAsync(seed.Output!, line => line.StartsWith("listening ", StringComparison.Ordinal), "the seed's address");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.True(File.ReadAllText(path).Trim().Length >= 16);

        var address = line["listening ".Length..];
        await using var worker = RunningProgram.Start("Worker", "actorcompute-worker", ["--seed", address, "--secret-file", path]);
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--cluster", address, "--secret-file", path)).AssertClean();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--cluster", address, "--secret-file", path)).AssertRefused(2, path, "600");
    }
}
