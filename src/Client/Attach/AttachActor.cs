using ActorCompute.Hosting;
using ActorCompute.Messages;
using ActorCompute.Registry;
using Akka.Actor;
using Akka.Remote;
using Google.Protobuf;

namespace ActorCompute.Client.Attach;

/// <summary>
/// Keeps a client attached to the registry: says every two seconds that it is there, checks that who answers knows the
/// secret, and passes on the workers. A seed that dies takes nothing with it: the last view stays until a new one comes.
/// </summary>
internal sealed class AttachActor : ControlActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // Sooner while unanswered: the seed may just be starting.
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(250);

    // What a process sent before it ended is in this machine's sockets by now; it is read within this.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(250);

    private const int MaxJobs = 100;

    private readonly IReadOnlyList<HostEndpoint> _seeds;
    private readonly ClusterSecret _secret;
    private readonly TaskCompletionSource _attached;
    private readonly string _id = "client-" + Convert.ToHexStringLower(ClusterSecret.CreateNonce());
    private readonly HashSet<IActorRef> _subscribers = [];

    // As each job told last; all of them are subscribers, and watched as such.
    private readonly Dictionary<IActorRef, JobInfo> _jobs = [];

    // One for the whole of this client: an answer may be late and still good, and what answers must know the secret all the same.
    private readonly byte[] _nonce = ClusterSecret.CreateNonce();
    private WorkersChanged _view = new([]);

    public AttachActor(IReadOnlyList<HostEndpoint> seeds, ClusterSecret secret, TaskCompletionSource attached, Action<string> onEnded)
        : base(onEnded) =>
        (_seeds, _secret, _attached) = (seeds, secret, attached);

    public static Props PropsFor(IReadOnlyList<HostEndpoint> seeds, ClusterSecret secret, TaskCompletionSource attached, Action<string> onEnded) =>
        Props.Create<AttachActor>(seeds, secret, attached, onEnded);

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DisassociatedEvent));
        Attach();
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
            case WorkerEnded ended: Timers.StartSingleTimer(ended.Life, new WorkerIsGone(ended), LastWords); break;
            case WorkerIsGone gone: Forget(gone.Ended); break;
            case Refused refused: Fail($"the seed at {SeedsText} refuses: {refused.Reason}"); break;
            case Tick: Attach(); break;
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
        Sender.Tell(_view);
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
        Timers.StartSingleTimer(nameof(Tick), Tick.Instance, _attached.Task.IsCompletedSuccessfully ? Interval : FirstInterval);
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
            new(new(worker.Id), worker.Incarnation), worker.Name, (int)worker.Slots, worker.Host, worker.ProcessId, worker.Version, provider.ResolveActorRef(worker.Node), worker.PreviousEnd)).ToList();
        if (!_view.Workers.SequenceEqual(workers)) Publish(_view = new(workers));
        _attached.TrySetResult();
    }

    private void Forget(WorkerEnded ended)
    {
        _view = new([.. _view.Workers.Where(worker => worker.Life != ended.Life)]);
        Publish(ended);
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

    private sealed record WorkerIsGone(WorkerEnded Ended);
}
