using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Akka.Serialization;
using Google.Protobuf;

namespace ActorCompute.Registry;

/// <summary>First contact: takes registrations of workers and tells clients of them. What it knows is soft: workers and clients repeat it.</summary>
internal sealed class RegistryActor : ControlActor, IWithTimers
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(500);

    // A client says every two seconds that it is there; this many misses and it gets no more views.
    private static readonly TimeSpan ClientLease = TimeSpan.FromSeconds(10);

    private readonly ClusterSecret _secret;
    private readonly TimeProvider _time;
    private readonly Action<string> _stop;
    private readonly long _startedAt;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly string _seed = SystemConfig.EndpointOf(Context.System).ToString();
    private readonly WorkerRegistry<IActorRef> _registry = new();
    private readonly Dictionary<string, AttachedClient> _clients = [];
    private readonly Standstill _standstill = new(default);

    // What each worker registered with last: a proof over it convinces that worker alone.
    private readonly Dictionary<WorkerId, ByteString> _nonces = [];

    /// <param name="secret">The cluster's secret.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the seed.</param>
    /// <param name="onEnded">Told why this actor has ended.</param>
    public RegistryActor(ClusterSecret secret, TimeProvider time, Action<string> stop, Action<string> onEnded)
        : base(onEnded) =>
        (_secret, _time, _stop, _startedAt) = (secret, time, stop, time.GetTimestamp());

    public static Props PropsFor(ClusterSecret secret, TimeProvider time, Action<string> stop, Action<string> onEnded) =>
        Props.Create<RegistryActor>(secret, time, stop, onEnded);

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Timers.StartPeriodicTimer(nameof(Sweep), Sweep.Instance, SweepInterval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RegisterWorker register: Register(register); break;
            case UnregisterWorker unregister: Unregister(unregister); break;
            case AttachClient attach: Attach(attach); break;
            case DetachClient detach: _clients.Remove(detach.Id); break;
            case StatusRequest request: Tell(request); break;
            case DrainWorker drain: Drain(drain); break;
            case StopCluster stop: Stop(stop); break;
            case WorkerEnded ended: Remove(ended.Life); break;
            case DisassociatedEvent closed: _registry.Disconnected(node => node.Path.Address.Equals(closed.RemoteAddress), Now); break;
            case Sweep: Tidy(); break;
            default: Unhandled(message); break;
        }
    }

    private void Register(RegisterWorker message)
    {
        var worker = message.Worker ?? new();
        if (!_secret.Verify(ProofPurpose.RegisterWorker, worker.Id, message.Nonce.Span, message.Proof.Span))
        {
            Refuse("worker", $"{worker.Name} on {worker.Host}");
            return;
        }

        var life = new WorkerLife(new(worker.Id), worker.Incarnation);
        var info = worker.Clone();
        info.Node = Serialization.SerializedActorPath(Sender);
        switch (_registry.Register(life, Sender, info, Now))
        {
            case RegistrationResult.Stale:
                Sender.Tell(new Refused { Reason = $"a later incarnation of worker {worker.Name} is registered." }, Self);
                return;
            case RegistrationResult.New:
                Publish();
                _log.Info("worker {0} ({1}) registered from {2}", worker.Name, life, Sender.Path.Address);
                break;
            default:
                break;
        }

        _nonces[life.Worker] = message.Nonce;
        Sender.Tell(new WorkerRegistered { Proof = Prove(ProofPurpose.WorkerRegistered, worker.Id, message.Nonce.Span), Seeds = { _seed } }, Self);
    }

    private void Unregister(UnregisterWorker message)
    {
        if (!_secret.Verify(ProofPurpose.UnregisterWorker, message.Id, message.Nonce.Span, message.Proof.Span)) return;
        Remove(new(new(message.Id), message.Incarnation));
    }

    private void Remove(WorkerLife life)
    {
        if (!_registry.Remove(life)) return;
        _log.Info("worker {0} ended", life);
        _nonces.Remove(life.Worker);
        Publish();
    }

    private void Attach(AttachClient message)
    {
        if (!_secret.Verify(ProofPurpose.AttachClient, message.Id, message.Nonce.Span, message.Proof.Span))
        {
            Refuse("client", $"process {message.ProcessId} on {message.Host}");
            return;
        }

        _clients[message.Id] = new(Sender, message, Now);
        Show(message.Id, _clients[message.Id]);
    }

    private void Tell(StatusRequest message)
    {
        if (!Knows(message.Id, ProofPurpose.StatusRequest, message.Nonce, message.Proof)) return;
        var status = new ClusterStatus
        {
            Seed = _seed,
            Version = BuildInfo.Version,
            Engine = BuildInfo.Engine,
            AgeTicks = Now.Ticks,
            Proof = Prove(ProofPurpose.ClusterStatus, message.Id, message.Nonce.Span),
        };
        status.Workers.AddRange(_registry.Workers.Select(worker => new WorkerStatus { Worker = worker.Latest, SilentTicks = (Now - worker.Lease.RenewedAt).Ticks }));
        foreach (var (id, client) in _clients)
        {
            var shown = new ClientStatus { Id = id, Host = client.Message.Host, ProcessId = client.Message.ProcessId, Version = client.Message.Version, SilentTicks = (Now - client.HeardAt).Ticks };
            shown.Jobs.AddRange(client.Message.Jobs);
            status.Clients.Add(shown);
        }

        Sender.Tell(status, Self);
    }

    private void Drain(DrainWorker message)
    {
        if (!Knows(message.Id, ProofPurpose.DrainWorker, message.Nonce, message.Proof)) return;
        var named = _registry.Workers.Where(worker => worker.Life.Worker.Value == message.Worker || worker.Info.Name == message.Worker).ToList();
        // Several of one name: nobody is drained by mistake.
        if (named is [var only]) only.Node.Tell(new DrainNode { Proof = Prove(ProofPurpose.DrainNode, only.Life.Worker.Value, _nonces[only.Life.Worker].Span) }, Self);
        Sender.Tell(new WorkerDraining { Workers = named.Count, Proof = Prove(ProofPurpose.WorkerDraining, message.Id, message.Nonce.Span) }, Self);
    }

    private void Stop(StopCluster message)
    {
        if (!Knows(message.Id, ProofPurpose.StopCluster, message.Nonce, message.Proof)) return;
        Sender.Tell(new ClusterStopping { Proof = Prove(ProofPurpose.ClusterStopping, message.Id, message.Nonce.Span) }, Self);
        _stop("asked to by a client");
    }

    private bool Knows(string id, ProofPurpose purpose, ByteString nonce, ByteString proof)
    {
        if (_secret.Verify(purpose, id, nonce.Span, proof.Span)) return true;
        Refuse("client", id);
        return false;
    }

    private void Refuse(string what, string who)
    {
        _log.Warning("a {0} with a wrong secret was refused: {1}", what, who);
        Sender.Tell(new Refused { Reason = $"the cluster secret is another one; set {ClusterSecret.EnvironmentVariable} or --secret-file to the seed's." }, Self);
    }

    private void Tidy()
    {
        var now = Now;
        if (_standstill.Look(now)) _registry.RenewAll(now);
        var silent = _registry.DropSilent(now);
        foreach (var worker in silent)
        {
            _log.Warning("worker {0} was silent for {1:F1} s and is dropped", worker.Life, (now - worker.Lease.RenewedAt).TotalSeconds);
            _nonces.Remove(worker.Life.Worker);
        }

        if (silent.Count > 0) Publish();
        foreach (var (id, client) in _clients)
        {
            if (now - client.HeardAt > ClientLease) _clients.Remove(id);
        }
    }

    private void Publish()
    {
        foreach (var (id, client) in _clients) Show(id, client);
    }

    private void Show(string id, AttachedClient client)
    {
        var view = new ClusterView { Proof = Prove(ProofPurpose.ClusterView, id, client.Message.Nonce.Span), Seeds = { _seed } };
        foreach (var worker in _registry.Workers) view.Workers.Add(worker.Info);
        client.Ref.Tell(view, Self);
    }

    private ByteString Prove(ProofPurpose purpose, string subject, ReadOnlySpan<byte> nonce) => ByteString.CopyFrom(_secret.Prove(purpose, subject, nonce));

    private sealed record AttachedClient(IActorRef Ref, AttachClient Message, TimeSpan HeardAt);

    internal sealed record Sweep
    {
        public static Sweep Instance { get; } = new();
    }
}
