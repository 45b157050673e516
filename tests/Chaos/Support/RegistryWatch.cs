using ActorCompute.Client.Attach;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;

namespace ActorCompute.Chaos.Support;

/// <summary>A worker process as the registry first told of it.</summary>
internal sealed record Registration(string Worker, int ProcessId, TimeSpan At);

/// <summary>Attached to the seed's registry as a client is: every registration that it ever told of, and the workers of now.</summary>
internal sealed class RegistryWatch : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly Lock _lock = new();
    private readonly List<Registration> _all = [];
    private HashSet<int> _now = [];
    private int _fewest = int.MaxValue;

    public RegistryWatch(string seed, Func<TimeSpan> clock)
    {
        _system = SystemConfig.CreateSystem(SystemConfig.Peer(HostEndpoint.Loopback, ClusterSecret.FromText(TestCluster.Secret), RunningProgram.SpeaksTls ? TlsCertificate.Find() : null));
        var attached = new TaskCompletionSource();
        var attach = _system.ActorOf(AttachActor.PropsFor("client-watch", [HostEndpoint.Parse(seed)], ClusterSecret.FromText(TestCluster.Secret), attached, _ => { }));
        _system.ActorOf(Props.Create(() => new Listener(attach, view => Take(view, clock()))));
    }

    public IReadOnlyList<Registration> All
    {
        get
        {
            lock (_lock) return [.. _all];
        }
    }

    public bool IsRegistered(int processId)
    {
        lock (_lock) return _now.Contains(processId);
    }

    /// <summary>How many workers are registered.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _now.Count;
        }
    }

    /// <summary>The smallest number of workers since <see cref="ForgetFewest"/>.</summary>
    public int Fewest
    {
        get
        {
            lock (_lock) return Math.Min(_fewest, _now.Count);
        }
    }

    public void ForgetFewest()
    {
        lock (_lock) _fewest = _now.Count;
    }

    public async ValueTask DisposeAsync() => await ProgramLifetime.ShutDownAsync(_system, TimeSpan.FromSeconds(5));

    private void Take(WorkersChanged view, TimeSpan at)
    {
        lock (_lock)
        {
            _now = [.. view.Workers.Select(worker => worker.ProcessId)];
            _fewest = Math.Min(_fewest, _now.Count);
            _all.AddRange(view.Workers
                .Where(worker => !_all.Exists(known => known.ProcessId == worker.ProcessId))
                .Select(worker => new Registration(worker.Name, worker.ProcessId, at)));
        }
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(IActorRef attach, Action<WorkersChanged> take)
        {
            Receive(take);
            attach.Tell(SubscribeWorkers.Instance, Self);
        }
    }
}
