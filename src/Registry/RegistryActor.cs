using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Serialization;
using Google.Protobuf;

namespace ActorCompute.Registry;

/// <summary>First contact: takes registrations of workers, tells clients of them, and downs the members that dead workers leave behind.</summary>
internal sealed class RegistryActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    // A client says every two seconds that it is there; this many misses and it gets no more views.
    private static readonly TimeSpan ClientLease = TimeSpan.FromSeconds(10);

    private readonly ClusterSecret _secret;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly WorkerRegistry<IActorRef> _registry = new();
    private readonly HashSet<WorkerLife> _dropped = [];
    private readonly Dictionary<string, AttachedClient> _clients = [];

    // What each worker registered with last: a proof over it convinces that worker alone.
    private readonly Dictionary<WorkerId, ByteString> _nonces = [];

    /// <param name="secret">The cluster's secret.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends the seed.</param>
    public RegistryActor(ClusterSecret secret, TimeProvider time, Action<string> stop)
    {
        (_secret, _time, _startedAt) = (secret, time, time.GetTimestamp());
        Receive<RegisterWorker>(Register);
        Receive<AttachClient>(Attach);
        Receive<StatusRequest>(Tell);
        Receive<StopCluster>(message =>
        {
            if (!Knows(message.Id, ProofPurpose.StopCluster, message.Nonce, message.Proof)) return;
            Sender.Tell(new ClusterStopping { Proof = Prove(ProofPurpose.ClusterStopping, message.Id, message.Nonce.Span) }, Self);
            stop("asked to by a client");
        });
        Receive<DrainWorker>(Drain);
        Receive<DetachClient>(detach => _clients.Remove(detach.Id));
        Receive<Terminated>(ended => Ended(ended.ActorRef));
        Receive<Sweep>(_ => Tidy());
    }

    /// <summary>By arguments and not by an expression: to bring those up takes a seed 4 ms of its start.</summary>
    public static Props PropsFor(ClusterSecret secret, TimeProvider time, Action<string> stop) => Props.Create<RegistryActor>(secret, time, stop);

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(_startedAt);

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Sweep), Sweep.Instance, SweepInterval);

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
        switch (_registry.Register(life, worker.MemberUid, Sender, info, Now))
        {
            case RegistrationResult.Stale:
                Sender.Tell(new Refused { Reason = $"a later life of worker {worker.Name} is registered." }, Self);
                return;
            case RegistrationResult.New:
                _dropped.RemoveWhere(dropped => dropped.Worker == life.Worker);
                Context.Watch(Sender);
                Publish();
                _log.Info("worker {0} ({1}) registered from {2}", worker.Name, life, Sender.Path.Address);
                break;
            default:
                break;
        }

        _nonces[life.Worker] = message.Nonce;
        Sender.Tell(new WorkerRegistered { Proof = Prove(ProofPurpose.WorkerRegistered, worker.Id, message.Nonce.Span) }, Self);
    }

    private void Attach(AttachClient message)
    {
        if (!_secret.Verify(ProofPurpose.AttachClient, message.Id, message.Nonce.Span, message.Proof.Span))
        {
            Refuse("client", $"process {message.ProcessId} on {message.Host}");
            return;
        }

        // Not watched: a network that drops packets for some seconds would end its attachment for good. Its lease does that.
        _clients[message.Id] = new(Sender, message, Now);
        Show(message.Id, _clients[message.Id]);
        foreach (var life in message.CutOff) Renew(new(new(life.Id), life.Incarnation));
    }

    /// <summary>A worker that answers here and not a client that it spoke to: their connection is broken for good, until one of them is another process.</summary>
    private void Renew(WorkerLife life)
    {
        if (_registry.Workers.FirstOrDefault(worker => worker.Life == life) is not { } worker) return;
        _log.Info("worker {0} cannot be reached by a client that it served, and is asked for its next life", life);
        worker.Node.Tell(new RenewNode { Proof = Prove(ProofPurpose.RenewNode, life.Worker.Value, _nonces[life.Worker].Span) }, Self);
    }

    private void Tell(StatusRequest message)
    {
        if (!Knows(message.Id, ProofPurpose.StatusRequest, message.Nonce, message.Proof)) return;
        var status = new ClusterStatus
        {
            Seed = SystemConfig.EndpointOf(Context.System).ToString(),
            Version = BuildInfo.Version,
            Engine = BuildInfo.Engine,
            AgeTicks = Now.Ticks,
            Proof = Prove(ProofPurpose.ClusterStatus, message.Id, message.Nonce.Span),
        };
        status.Workers.AddRange(_registry.Workers.Select(worker => new WorkerStatus { Worker = worker.Latest, SilentTicks = (Now - worker.HeardAt).Ticks }));
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

    private void Ended(IActorRef ended)
    {
        if (!_registry.NodeEnded(ended)) return;
        _log.Info("worker at {0} ended", ended.Path.Address);
        Publish();
    }

    private void Tidy()
    {
        foreach (var silent in _registry.DropSilent(Now, LongestSilence))
        {
            _log.Warning("worker {0} was silent for {1} s and is dropped", silent.Life, LongestSilence.TotalSeconds);
            _dropped.Add(silent.Life);
            Context.Unwatch(silent.Node);
            Publish();
        }

        foreach (var (id, client) in _clients)
        {
            if (Now - client.HeardAt > ClientLease) _clients.Remove(id);
        }

        Down();
    }

    private void Down()
    {
        var state = _cluster.State;
        var members = new List<WorkerMember>();
        foreach (var member in state.Members)
        {
            if (WorkerRoles.Read(member.Roles) is { } life) members.Add(new(life, member.Address.ToString(), member.UniqueAddress.Uid, state.Unreachable.Contains(member)));
        }

        if (members.Count == 0) return;
        var living = new List<LivingWorker>();
        foreach (var worker in _registry.Workers) living.Add(new(worker.Life, worker.Node.Path.Address.ToString(), worker.MemberUid));
        foreach (var address in DowningPolicy.Decide(members, living, _dropped))
        {
            _log.Info("downing {0}: its worker lives elsewhere or is gone", address);
            _cluster.Down(Address.Parse(address));
        }
    }

    private void Publish()
    {
        foreach (var (id, client) in _clients) Show(id, client);
    }

    private void Show(string id, AttachedClient client)
    {
        var view = new ClusterView { Proof = Prove(ProofPurpose.ClusterView, id, client.Message.Nonce.Span) };
        foreach (var worker in _registry.Workers) view.Workers.Add(worker.Info);
        client.Ref.Tell(view, Self);
    }

    private ByteString Prove(ProofPurpose purpose, string subject, ReadOnlySpan<byte> nonce) => ByteString.CopyFrom(_secret.Prove(purpose, subject, nonce));

    private sealed record AttachedClient(IActorRef Ref, AttachClient Message, TimeSpan HeardAt);

    private sealed record Sweep
    {
        public static Sweep Instance { get; } = new();
    }
}
