using System.Text.Json;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>Workers with one GPU each beside four slots.</summary>
[Collection(Lane.Clusters)]
public sealed class ResourceTests(ResourceCluster shared) : IClassFixture<ResourceCluster>
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;
    private static readonly Resources OneGpu = Resources.Of(("gpu", 1));
    private readonly ComputeCluster _cluster = shared.Client;
    private readonly string _address = shared.Address;

    [Fact]
    public async Task Map_TasksThatNeedTheOneGpu_NeverOverlapOnAWorkerAndBothWorkersRunThem()
    {
        using var folder = new TestFolder();
        var inputs = Enumerable.Repeat(Path.GetDirectoryName(folder.PathOf("any"))!, 60);
        var processes = new HashSet<int>();
        await foreach (var process in _cluster.Map(ResourceFunctions.HoldGpu, inputs, new() { Needs = OneGpu, ChunkSize = 1 })) processes.Add(process);
        Assert.Equal(2, processes.Count);
    }

    [Fact]
    public async Task Submit_NoWorkerHasEnough_FailsAtOnceAndNamesTheMost()
    {
        var error = await Assert.ThrowsAsync<ClusterUnavailableException>(() => _cluster.Submit(ResourceFunctions.Same, 1, new() { Needs = Resources.Of(("gpu", 4)) }).ResultAsync(Bound));
        Assert.Matches(@"^no worker can run 'ResourceFunctions\.Same': it needs gpu=4, and the most there is is gpu=1 \([12] on .+\)$", error.Message);
        (await CommandLineProgram.RunAsync("primes", "count", "1", "1000", "--needs", "fpga=1", "--cluster", _address))
            .AssertExit(3).AssertSays("error: ", "no worker can run 'primes-count': it needs fpga=1, and no worker has any of that");
    }

    [Fact]
    public async Task Status_WorkersWithResources_ShowsThemAndWhatIsReserved()
    {
        using var folder = new TestFolder();
        var gate = folder.PathOf("gate");
        var busy = _cluster.Submit(BalanceFunctions.WaitFor, gate, new() { Needs = Resources.Of(("mem", 2L << 30)) });
        JsonElement[] workers;
        do
        {
            var json = (await CommandLineProgram.RunAsync("status", "--json", "--cluster", _address)).AssertClean().Output;
            workers = [.. JsonDocument.Parse(string.Join('\n', json)).RootElement.GetProperty("workers").EnumerateArray()];
        }
        while (workers.All(worker => !worker.GetProperty("reserved").EnumerateObject().Any()));
        Assert.All(workers, worker => Assert.Equal((1, 8L << 30), (worker.GetProperty("resources").GetProperty("gpu").GetInt64(), worker.GetProperty("resources").GetProperty("mem").GetInt64())));
        Assert.Single(workers, worker => worker.GetProperty("reserved").TryGetProperty("mem", out var held) && held.GetInt64() == 2L << 30);
        var shown = (await CommandLineProgram.RunAsync("status", "--cluster", _address)).AssertClean().Output;
        Assert.Contains(shown, line => line.Contains("gpu=1 mem=8GiB", StringComparison.Ordinal) && line.Contains("mem=2GiB", StringComparison.Ordinal));
        await File.WriteAllTextAsync(gate, "");
        Assert.True(await busy.ResultAsync(Bound));
    }

    [Fact]
    public async Task Submit_TaskStartsTasksThatNeed_TheyRunUnlessItHoldsResourcesItself()
    {
        Assert.Equal(28, await _cluster.Submit(ResourceFunctions.SumOnGpus, 8).ResultAsync(Bound));
        var error = await Assert.ThrowsAsync<RemoteTaskException>(() => _cluster.Submit(ResourceFunctions.SumOnGpus, 8, new() { Needs = OneGpu }).ResultAsync(Bound));
        Assert.Contains("holds resources (gpu=1), so what it starts may need none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PriorityOutOfRange_IsBadInput() =>
        (await CommandLineProgram.RunAsync("primes", "count", "1", "1000", "--priority", "101", "--cluster", _address)).AssertExit(2).AssertSays("error: ", "--priority 101: give -100 to 100.");
}

/// <summary>The cluster of these tests, as <c>up --resource</c> starts it.</summary>
public sealed class ResourceCluster : IAsyncLifetime
{
    private const string Ready = "ready ";
    private RunningProgram _up = null!;

    public string Address { get; private set; } = "";

    public ComputeCluster Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _up = RunningProgram.StartCli("up", "--port", "0", "--workers", "2", "--slots", "4", "--resource", "gpu=1", "--resource", "mem=8GiB");
        Address = (await _up.WaitForLineAsync(_up.Output!, line => line.StartsWith(Ready, StringComparison.Ordinal), "the cluster is up"))[Ready.Length..];
        Client = await ComputeCluster.ConnectAsync(Address, new() { Secret = TestCluster.Secret, Timeout = RunningProgram.Limit });
        await Client.WaitForWorkersAsync(2, RunningProgram.Limit);
    }

    public async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        await _up.DisposeAsync();
    }
}

/// <summary>What these tests call on workers.</summary>
internal static class ResourceFunctions
{
    public static int Same(int number) => number;

    /// <summary>Fails when another task of this process is in here too. The first in each process waits for one in the other.</summary>
    public static int HoldGpu(string folder)
    {
        var file = Path.Combine(folder, $"gpu-{Environment.ProcessId}");
        using (new FileStream(file, FileMode.CreateNew))
        {
            File.WriteAllText($"{file}-seen", "");
            Poll.UntilAsync("the other worker", RunningProgram.Limit, () => Directory.GetFiles(folder, "*-seen").Length == 2).GetAwaiter().GetResult();
            Functions.Busy(10);
        }

        File.Delete(file);
        return Environment.ProcessId;
    }

    public static int SumOnGpus(int count) =>
        TaskContext.Current.Cluster.Needing(Resources.Of(("gpu", 1))).MapAsync(Same, Enumerable.Range(0, count)).ToBlockingEnumerable().Sum();
}
