using System.Diagnostics;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;

namespace ActorCompute.Formation;

/// <summary>When what was seen, from just before the first process was started.</summary>
internal sealed record FormationTimes(TimeSpan SeedListens, TimeSpan AllRegistered);

/// <summary>
/// A seed and workers, started as the client starts them: all at once, the workers' orders given when the seed's port is
/// known. An observer in this process is attached as clients are.
/// </summary>
internal sealed class MeasuredCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _seed;
    private readonly List<ChildProcess> _workers;
    private ActorSystem? _observer;

    private MeasuredCluster(ChildProcess seed, List<ChildProcess> workers, ActorSystem observer, FormationTimes times) =>
        (_seed, _workers, _observer, Times) = (seed, workers, observer, times);

    public FormationTimes Times { get; }

    /// <summary>The seed's first.</summary>
    public IReadOnlyList<int> Processes => [_seed.Id, .. _workers.Select(worker => worker.Id)];

    public static async Task<MeasuredCluster> StartAsync(int workers, string? programs)
    {
        var secret = ClusterSecret.Create();
        // There before, so that none of its start is counted.
        var observer = Listening.Start(HostEndpoint.Loopback, endpoint => SystemConfig.Peer(endpoint, secret));
        var listening = new TaskCompletionSource<HostEndpoint>(TaskCreationOptions.RunContinuationsAsynchronously);

        var startedAt = Stopwatch.GetTimestamp();
        var seed = ChildProcess.Start(Program("Seed", "actorcompute-seed", programs, "--parent-pipe"), new() { Secret = secret.Text }, OnSeedOutput, Console.Error.WriteLine);
        var nodes = Enumerable.Range(1, workers)
            .Select(i => ChildProcess.Start(Program("Worker", "actorcompute-worker", programs, "node", $"{i}"), new() { Secret = secret.Text, Node = new() { WorkerId = $"measured-{i}", Incarnation = 1, Settings = new() { Name = $"{i}", Slots = 1 } } }, onError: Console.Error.WriteLine))
            .ToList();
        var endpoint = await listening.Task.WaitAsync(Patience).ConfigureAwait(false);
        var seedListens = Stopwatch.GetElapsedTime(startedAt);
        foreach (var node in nodes) node.SendSeeds(endpoint.ToString());
        var seen = new Sightings();
        observer.ActorOf(Props.Create(() => new ObserverActor(endpoint, secret, workers, seen)), "observer");
        var registered = await seen.AllRegistered.Task.WaitAsync(Patience).ConfigureAwait(false);
        return new(seed, nodes, observer, new(seedListens, Stopwatch.GetElapsedTime(startedAt, registered)));

        void OnSeedOutput(string line)
        {
            const string prefix = "listening ";
            if (line.StartsWith(prefix, StringComparison.Ordinal)) listening.TrySetResult(HostEndpoint.Parse(line[prefix.Length..]));
        }
    }

    /// <summary>The observer leaves: three processes remain.</summary>
    public async Task StopObservingAsync()
    {
        if (_observer is null) return;
        await ProgramLifetime.ShutDownAsync(_observer, Patience).ConfigureAwait(false);
        _observer = null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in _workers.Append(_seed))
        {
            await child.StopAsync(Patience, leave: false).ConfigureAwait(false);
            child.Dispose();
        }

        if (_observer is null) return;
        // Nobody is left to take leave of.
        ((ExtendedActorSystem)_observer).Abort();
        await _observer.WhenTerminated.WaitAsync(Patience).ConfigureAwait(false);
    }

    private static ProcessStartInfo Program(string project, string program, string? programs, params string[] arguments)
    {
        var info = ProgramFinder.Find(project, program, arguments);
        if (programs is not null) info.FileName = Path.GetFullPath(Path.Combine(programs, Path.GetFileName(info.FileName)));
        return info;
    }
}
