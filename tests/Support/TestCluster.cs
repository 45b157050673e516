using System.Globalization;
using ActorCompute.Client;

namespace ActorCompute.Support;

/// <summary>A seed and workers as programs of their own, as somebody who operates a cluster starts them.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public const string Secret = "the secret of the end-to-end tests";

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly List<RunningProgram> _workers = [];

    private TestCluster(RunningProgram seed, string address) => (Seed, Address) = (seed, address);

    public RunningProgram Seed { get; private set; }

    /// <summary>The seed's HOST:PORT.</summary>
    public string Address { get; }

    /// <summary>The keepers, in the order they were started.</summary>
    public IReadOnlyList<RunningProgram> Workers => _workers;

    /// <summary>Starts a seed and so many workers, and waits until these have registered.</summary>
    public static async Task<TestCluster> StartAsync(int workers, int slots = 1)
    {
        var (seed, address) = await StartSeedAsync(0);
        var cluster = new TestCluster(seed, address);
        try
        {
            for (var i = 1; i <= workers; i++) cluster.AddWorker($"w{i}", slots);
            if (workers > 0) await cluster.WaitForWorkersAsync(workers);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a seed, on any free port for 0.</summary>
    public static async Task<(RunningProgram Program, string Address)> StartSeedAsync(int port)
    {
        const string start = "listening ";
        var seed = RunningProgram.Start("Seed", "actorcompute-seed", ["--port", port.ToString(CultureInfo.InvariantCulture)]);
        try
        {
            var line = await seed.WaitForLineAsync(seed.Output!, line => line.StartsWith(start, StringComparison.Ordinal), "the seed's address");
            return (seed, line[start.Length..]);
        }
        catch
        {
            await seed.DisposeAsync();
            throw;
        }
    }

    public static RunningProgram StartWorker(string seed, string name, int slots = 1, IReadOnlyDictionary<string, string?>? variables = null) => RunningProgram.Start(
        "Worker", "actorcompute-worker", ["--seed", seed, "--name", name, "--slots", slots.ToString(CultureInfo.InvariantCulture)], variables);

    public RunningProgram AddWorker(string name, int slots = 1)
    {
        var worker = StartWorker(Address, name, slots);
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Kills the seed and starts another one on its port.</summary>
    public async Task RestartSeedAsync()
    {
        Seed.Kill();
        await Seed.WaitAsync("the killed seed");
        await Seed.DisposeAsync();
        (Seed, _) = await StartSeedAsync(int.Parse(Address[(Address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Attaches as a client until so many workers have registered.</summary>
    public async Task WaitForWorkersAsync(int count, TimeSpan? limit = null)
    {
        await using var client = await ConnectAsync(limit ?? RunningProgram.Limit);
        await client.WaitForWorkersAsync(count, limit ?? RunningProgram.Limit);
    }

    public Task<ComputeCluster> ConnectAsync(TimeSpan limit) => ComputeCluster.ConnectAsync(Address, new() { Secret = Secret, Timeout = limit });

    /// <summary>Runs <c>actorcompute</c> on this cluster.</summary>
    public Task<ProgramResult> RunAsync(params IReadOnlyList<string> arguments) => CommandLineProgram.RunAsync([.. arguments, "--cluster", Address]);

    /// <summary>Starts <c>actorcompute</c> on this cluster.</summary>
    public RunningProgram StartCli(params IReadOnlyList<string> arguments) => RunningProgram.StartCli([.. arguments, "--cluster", Address]);

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers) await worker.DisposeAsync();
        await Seed.DisposeAsync();
        foreach (var worker in _workers) await worker.AssertFamilyEndsAsync("after the test", StopLimit);
    }
}
