using ActorCompute.Messages;
using ActorCompute.Remoting;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Akka.Serialization;
using Google.Protobuf;
using Event = ActorCompute.Scheduling.RegistryEvent<Akka.Actor.IActorRef, ActorCompute.Messages.WorkerInfo, ActorCompute.Messages.AttachClient>;
using Instruction = ActorCompute.Scheduling.RegistryInstruction<Akka.Actor.IActorRef>;

namespace ActorCompute.Registry;

/// <summary>
/// First contact: takes registrations of workers and tells clients of them. What it knows is soft: workers and clients repeat it.
/// Checks and makes proofs; what follows from a message, <see cref="RegistryCore{TPeer,TWorker,TClient}"/> decides.
/// </summary>
internal sealed class RegistryActor : ControlActor, IWithTimers
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(500);

    private readonly ClusterSecret _secret;
    private readonly TimeProvider _time;
    private readonly Action<string> _stop;
    private readonly long _startedAt;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly string _seed = SystemConfig.EndpointOf(Context.System).ToString();
    private readonly RegistryCore<IActorRef, WorkerInfo, AttachClient> _core = new(default);

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
            case DetachClient detach: Handle(new Event.ClientLeft(detach.Id)); break;
            case StatusRequest request: Tell(request); break;
            case DrainWorker drain: Drain(drain); break;
            case StopCluster stop: Stop(stop); break;
            case WorkerEnded ended: Handle(new Event.WorkerLeft(ended.Life, Now)); break;
            case DisassociatedEvent closed: Handle(new Event.Disconnected(peer => peer.Path.Address.Equals(closed.RemoteAddress), Now)); break;
            case Sweep: Handle(new Event.TimePassed(Now)); break;
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

        var info = worker.Clone();
        info.Node = Serialization.SerializedActorPath(Sender);
        Handle(new Event.WorkerCame(new(new(worker.Id), worker.Incarnation), worker.Name, Sender, info, message.Nonce.Memory, Now));
    }

    private void Unregister(UnregisterWorker message)
    {
        if (!_secret.Verify(ProofPurpose.UnregisterWorker, message.Id, message.Nonce.Span, message.Proof.Span)) return;
        Handle(new Event.WorkerLeft(new(new(message.Id), message.Incarnation), Now));
    }

    private void Attach(AttachClient message)
    {
        if (!_secret.Verify(ProofPurpose.AttachClient, message.Id, message.Nonce.Span, message.Proof.Span))
        {
            Refuse("client", $"process {message.ProcessId} on {message.Host}");
            return;
        }

        Handle(new Event.ClientCame(message.Id, Sender, message, message.Nonce.Memory, Now));
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
        status.Workers.AddRange(_core.Workers.Select(worker => new WorkerStatus { Worker = worker.Latest, SilentTicks = (Now - worker.Lease.RenewedAt).Ticks }));
        foreach (var (id, client) in _core.Clients)
        {
            var shown = new ClientStatus { Id = id, Host = client.Info.Host, ProcessId = client.Info.ProcessId, Version = client.Info.Version, SilentTicks = (Now - client.HeardAt).Ticks };
            shown.Jobs.AddRange(client.Info.Jobs);
            status.Clients.Add(shown);
        }

        Sender.Tell(status, Self);
    }

    private void Drain(DrainWorker message)
    {
        if (!Knows(message.Id, ProofPurpose.DrainWorker, message.Nonce, message.Proof)) return;
        var named = 0;
        foreach (var instruction in _core.Handle(new Event.DrainAsked(message.Id, message.Worker, Now)))
        {
            if (instruction is Instruction.AnswerDrain answer) named = answer.Named;
            else Carry(instruction);
        }

        Sender.Tell(new WorkerDraining { Workers = named, Proof = Prove(ProofPurpose.WorkerDraining, message.Id, message.Nonce.Span) }, Self);
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

    private void Handle(Event happened)
    {
        foreach (var instruction in _core.Handle(happened)) Carry(instruction);
    }

    private void Carry(Instruction instruction)
    {
        switch (instruction)
        {
            case Instruction.Confirm confirm:
                confirm.Node.Tell(new WorkerRegistered { Proof = Prove(ProofPurpose.WorkerRegistered, confirm.Life.Worker.Value, confirm.Nonce.Span), Seeds = { _seed } }, Self);
                break;
            case Instruction.RefuseStale stale:
                stale.Node.Tell(new Refused { Reason = $"a later incarnation of worker {stale.Name} is registered." }, Self);
                break;
            case Instruction.ShowWorkers show:
                var view = new ClusterView { Proof = Prove(ProofPurpose.ClusterView, show.Client, show.Nonce.Span), Seeds = { _seed } };
                foreach (var worker in _core.Workers) view.Workers.Add(worker.Info);
                show.To.Tell(view, Self);
                break;
            case Instruction.LookAgain look:
                Timers.StartSingleTimer(nameof(Instruction.LookAgain), Sweep.Instance, look.After);
                break;
            case Instruction.Drain drain:
                drain.Node.Tell(new DrainNode { Proof = Prove(ProofPurpose.DrainNode, drain.Life.Worker.Value, drain.Nonce.Span) }, Self);
                break;
            case Instruction.NoteCame came: _log.Info("worker {0} ({1}) registered from {2}", came.Name, came.Life, came.Node.Path.Address); break;
            case Instruction.NoteLeft left: _log.Info("worker {0} ended", left.Life); break;
            case Instruction.NoteSilent silent: _log.Warning("worker {0} was silent for {1:F1} s and is dropped", silent.Life, silent.Silence.TotalSeconds); break;
            default: throw new InvalidOperationException($"nobody carries out {instruction}.");
        }
    }

    private ByteString Prove(ProofPurpose purpose, string subject, ReadOnlySpan<byte> nonce) => ByteString.CopyFrom(_secret.Prove(purpose, subject, nonce));

    internal sealed record Sweep
    {
        public static Sweep Instance { get; } = new();
    }
}
