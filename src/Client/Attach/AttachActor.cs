using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Registry;
using ActorCompute.Remoting;
using Akka.Actor;
using Akka.Remote;
using Google.Protobuf;
using Event = ActorCompute.Scheduling.AttachEvent<ActorCompute.Client.Attach.AttachedWorker>;
using Instruction = ActorCompute.Scheduling.AttachInstruction<ActorCompute.Client.Attach.AttachedWorker>;

namespace ActorCompute.Client.Attach;

/// <summary>
/// Keeps a client attached to the registries: says again and again that it is there, checks that who answers knows the secret,
/// and passes on the workers. What they say together, <see cref="AttachCore{TWorker}"/> decides.
/// </summary>
internal sealed class AttachActor : ControlActor, IWithTimers
{
    private const int MaxJobs = 100;

    private readonly IReadOnlyList<HostEndpoint> _seeds;
    private readonly ClusterSecret _secret;
    private readonly TaskCompletionSource _attached;
    private readonly string _id;
    private readonly HashSet<IActorRef> _subscribers = [];

    // As each job told last; all of them are subscribers, and watched as such.
    private readonly Dictionary<IActorRef, JobInfo> _jobs = [];

    // One for the whole of this client: an answer may be late and still good, and what answers must know the secret all the same.
    private readonly byte[] _nonce = ClusterSecret.CreateNonce();
    private readonly AttachCore<AttachedWorker> _core = new(worker => worker.Life);
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();

    public AttachActor(string id, IReadOnlyList<HostEndpoint> seeds, ClusterSecret secret, TaskCompletionSource attached, Action<string> onEnded)
        : base(onEnded) =>
        (_id, _seeds, _secret, _attached) = (id, seeds, secret, attached);

    public static Props PropsFor(string id, IReadOnlyList<HostEndpoint> seeds, ClusterSecret secret, TaskCompletionSource attached, Action<string> onEnded) =>
        Props.Create<AttachActor>(id, seeds, secret, attached, onEnded);

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => TimeProvider.System.GetElapsedTime(_startedAt);

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Handle(new Event.AttachDue(Now));
    }

    protected override void Ended() => TellSeeds(new DetachClient { Id = _id });

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterView view: Take(view); break;
            case JobStanding standing: _jobs[Sender] = standing.Job; break;
            case SubscribeWorkers: Subscribe(); break;
            case DisassociatedEvent closed: Publish(new PeerDisconnected(closed.RemoteAddress)); break;
            case WorkerEnded ended: Handle(new Event.WorkerEnded(ended.Life, ended.End)); break;
            case Refused refused: Fail($"the seed at {SeedsText} refuses: {refused.Reason}"); break;
            case Event happened: Handle(happened); break;
            case Tick: Handle(new Event.AttachDue(Now)); break;
            case Terminated ended:
                _subscribers.Remove(ended.ActorRef);
                _jobs.Remove(ended.ActorRef);
                break;
            default: Unhandled(message); break;
        }
    }

    private string SeedsText => string.Join(", ", _seeds);

    private void Subscribe()
    {
        _subscribers.Add(Sender);
        // In this process; nobody is watched across the network.
        Context.Watch(Sender);
        Sender.Tell(new WorkersChanged(_core.Workers));
    }

    private void Attach()
    {
        var message = new AttachClient
        {
            Id = _id,
            Host = Environment.MachineName,
            ProcessId = Environment.ProcessId,
            Version = BuildInfo.Version,
            Nonce = ByteString.CopyFrom(_nonce),
            Proof = ByteString.CopyFrom(_secret.Prove(ProofPurpose.AttachClient, _id, _nonce)),
        };
        // A message stays small, whatever a program starts.
        if (_jobs.Count > 0) message.Jobs.AddRange(_jobs.Values.Take(MaxJobs));
        TellSeeds(message);
    }

    private void Take(ClusterView view)
    {
        if (!_secret.Verify(ProofPurpose.ClusterView, _id, _nonce, view.Proof.Span))
        {
            Fail($"the program at {SeedsText} does not know this cluster's secret.");
            return;
        }

        var provider = ((ExtendedActorSystem)Context.System).Provider;
        var workers = view.Workers.Select(worker => new AttachedWorker(
            new(new(worker.Id), worker.Incarnation), worker.Name, (int)worker.Slots, worker.Host, worker.ProcessId, worker.Version, provider.ResolveActorRef(worker.Node), worker.PreviousEnd)
        {
            Has = WorkerResources.Read(worker.Resources),
        }).ToList();
        // A registry is known by where it is; the one in this process has no such address, and says it.
        var from = Sender.Path.Address;
        Handle(new Event.ViewArrived(from.HasGlobalScope || view.Seeds.Count == 0 ? from.ToString() : view.Seeds[0], workers, Now));
    }

    private void Handle(Event happened)
    {
        foreach (var instruction in _core.Handle(happened))
        {
            switch (instruction)
            {
                case Instruction.Attach: Attach(); break;
                case Instruction.AttachAgain again: Timers.StartSingleTimer(nameof(Tick), Tick.Instance, again.After); break;
                case Instruction.Attached: _attached.TrySetResult(); break;
                case Instruction.Publish publish: Publish(new WorkersChanged(publish.Workers)); break;
                case Instruction.AwaitLastWords wait: Timers.StartSingleTimer(wait.Life, new Event.LastWordsOver(wait.Life), wait.For); break;
                case Instruction.TellEnd end: Publish(new WorkerEnded(end.Life, end.End)); break;
                default: throw new InvalidOperationException($"nobody carries out {instruction}.");
            }
        }
    }

    private void Publish(object message)
    {
        foreach (var subscriber in _subscribers) subscriber.Tell(message);
    }

    private void Fail(string reason) => _attached.TrySetException(new ClusterUnavailableException(reason));

    private void TellSeeds(IMessage message)
    {
        foreach (var seed in _seeds) Context.System.ActorAt(seed, SystemConfig.RegistryPath).Tell(message, Self);
    }

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}
