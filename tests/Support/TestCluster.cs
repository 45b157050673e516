using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ActorCompute.Support;

/// <summary>A seed and workers as programs of their own, as somebody who operates a cluster starts them.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public const string Secret = "the secret of the end-to-end tests";

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);

    private readonly List<RunningProgram> _workers = [];
    private readonly IReadOnlyList<string> _workerArguments;

    private TestCluster(RunningProgram seed, string address, IReadOnlyList<string> workerArguments) => (Seed, Address, _workerArguments) = (seed, address, workerArguments);

    public RunningProgram Seed { get; private set; }

    /// <summary>The seed's HOST:PORT.</summary>
    public string Address { get; }

    /// <summary>The keepers, in the order they were started.</summary>
    public IReadOnlyList<RunningProgram> Workers => _workers;

    /// <summary>Starts a seed and so many workers, and waits until these have registered.</summary>
    public static async Task<TestCluster> StartAsync(int workers, int slots = 1, params IReadOnlyList<string> workerArguments)
    {
        var (seed, address) = await StartSeedAsync(0);
        var cluster = new TestCluster(seed, address, workerArguments);
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
        var seed = RunningProgram.Start("Seed", "actorcompute-seed", ["--port", port.ToString(CultureInfo.InvariantCulture)]);
        return (seed, await AddressOfAsync(seed));
    }

    /// <summary>The address that a seed listens on, when it does.</summary>
    public static async Task<string> AddressOfAsync(RunningProgram seed)
    {
        const string start = "listening ";
        try
        {
            var line = await seed.WaitForLineAsync(seed.Output!, line => line.StartsWith(start, StringComparison.Ordinal), "the seed's address");
            return line[start.Length..];
        }
        catch
        {
            await seed.DisposeAsync();
            throw;
        }
    }

    public static RunningProgram StartWorker(string seed, string name, int slots = 1, IReadOnlyDictionary<string, string?>? variables = null, params IReadOnlyList<string> arguments) => RunningProgram.Start(
        "Worker", "actorcompute-worker", ["--seed", seed, "--name", name, "--slots", slots.ToString(CultureInfo.InvariantCulture), .. arguments], variables);

    /// <summary>A cluster of programs that somebody else has started; it ends them.</summary>
    public static TestCluster Of(RunningProgram seed, string address, params IEnumerable<RunningProgram> workers)
    {
        var cluster = new TestCluster(seed, address, []);
        cluster._workers.AddRange(workers);
        return cluster;
    }

    public RunningProgram AddWorker(string name, int slots = 1)
    {
        var worker = StartWorker(Address, name, slots, null, _workerArguments);
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

    public Task<ComputeCluster> ConnectAsync(TimeSpan limit, ILogger? log = null) => ComputeCluster.ConnectAsync(Address, new() { Secret = Secret, Timeout = limit, Logger = log });

    /// <summary>Tells workers and seed to end, as an operator does.</summary>
    /// <returns>The processes that live on all the same.</returns>
    public async Task<IReadOnlyList<int>> StopAsync()
    {
        var programs = _workers.Append(Seed).ToList();
        foreach (var program in _workers.Where(program => program.IsRunning)) Signal.Send(program.Id, Signal.Terminate);
        foreach (var worker in _workers) await worker.WaitAsync("a worker that was told to end", StopLimit);
        Signal.Send(Seed.Id, Signal.Terminate);
        await Seed.WaitAsync("the seed that was told to end", StopLimit);
        return [.. programs.SelectMany(program => program.Family)];
    }

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
