using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Client.Attach;

/// <summary>
/// Keeps a client attached to the registry: says every two seconds that it is there, checks that who answers knows the
/// secret, and passes on the workers. A seed that dies takes nothing with it: the last view stays until a new one comes.
/// </summary>
internal sealed class AttachActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // Sooner while unanswered: a seed that is just starting is met within a blink.
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(100);

    private const int MostJobs = 100;

    private readonly HostEndpoint _seed;
    private readonly ClusterSecret _secret;
    private readonly TaskCompletionSource _attached;
    private readonly TimeProvider _time;
    private readonly string _id = "client-" + Convert.ToHexStringLower(ClusterSecret.CreateNonce());
    private readonly HashSet<IActorRef> _subscribers = [];

    // As each job told last; all of them are subscribers, and watched as such.
    private readonly Dictionary<IActorRef, JobInfo> _jobs = [];

    // One for the life of this client: an answer may be late and still good, and what answers must know the secret all the same.
    private readonly byte[] _nonce = ClusterSecret.CreateNonce();
    private readonly CutOffWorkers _cutOff = new();
    private WorkersChanged _view = new([]);

    /// <summary>By arguments and not by an expression: to bring those up takes a client some milliseconds of its start.</summary>
    public static Props PropsFor(HostEndpoint seed, ClusterSecret secret, TaskCompletionSource attached, TimeProvider time) =>
        Props.Create<AttachActor>(seed, secret, attached, time);

    public AttachActor(HostEndpoint seed, ClusterSecret secret, TaskCompletionSource attached, TimeProvider time)
    {
        (_seed, _secret, _attached, _time) = (seed, secret, attached, time);
        Receive<Tick>(_ => Attach());
        Receive<ClusterView>(Take);
        Receive<Refused>(refused => _attached.TrySetException(new ClusterUnavailableException($"the seed at {_seed} refuses: {refused.Reason}")));
        Receive<SubscribeWorkers>(_ =>
        {
            _subscribers.Add(Sender);
            Context.Watch(Sender);
            Sender.Tell(_view);
        });
        Receive<WorkerContact>(contact =>
        {
            if (contact.IsHeard) _cutOff.Heard(contact.Life);
            else _cutOff.Suspect(contact.Life, Now);
        });
        Receive<ActorIdentity>(answer =>
        {
            if (answer.Subject is { } node && _view.Workers.FirstOrDefault(worker => worker.Node.Equals(node)) is { } worker) _cutOff.Heard(worker.Life);
        });
        Receive<JobStanding>(standing => _jobs[Sender] = standing.Job);
        Receive<Terminated>(ended =>
        {
            _subscribers.Remove(ended.ActorRef);
            _jobs.Remove(ended.ActorRef);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _time.GetElapsedTime(0);

    protected override void PreStart() => Attach();

    protected override void PostStop() => Registry.Tell(new DetachClient { Id = _id });

    private ActorSelection Registry => Context.ActorSelection($"akka.tcp://{SystemConfig.SystemName}@{_seed}{SystemConfig.RegistryPath}");

    private void Attach()
    {
        var message = new AttachClient
        {
            Id = _id,
            Host = Environment.MachineName,
            ProcessId = Environment.ProcessId,
            Version = BuildInfo.Version,
            Nonce = Google.Protobuf.ByteString.CopyFrom(_nonce),
            Proof = Google.Protobuf.ByteString.CopyFrom(_secret.Prove(ProofPurpose.AttachClient, _id, _nonce)),
        };
        // A message stays small, whatever a program starts.
        if (_jobs.Count > 0) message.Jobs.AddRange(_jobs.Values.Take(MostJobs));
        if (_cutOff.Suspects.Count > 0) message.CutOff.AddRange(_cutOff.At(Now).Select(life => new WorkerLifeId { Id = life.Worker.Value, Incarnation = life.Incarnation }));
        Registry.Tell(message, Self);
        foreach (var worker in _view.Workers)
        {
            if (_cutOff.Suspects.Contains(worker.Life)) worker.Node.Tell(new Identify(worker.Life.ToString()), Self);
        }

        Timers.StartSingleTimer(nameof(Tick), Tick.Instance, _attached.Task.IsCompletedSuccessfully ? Interval : FirstInterval);
    }

    private void Take(ClusterView view)
    {
        if (!_secret.Verify(ProofPurpose.ClusterView, _id, _nonce, view.Proof.Span))
        {
            _attached.TrySetException(new ClusterUnavailableException($"the program at {_seed} does not know this cluster's secret."));
            return;
        }

        var provider = ((ExtendedActorSystem)Context.System).Provider;
        var workers = view.Workers.Select(worker => new AttachedWorker(
            new(new(worker.Id), worker.Incarnation), worker.Name, (int)worker.Slots, worker.Host, worker.ProcessId, worker.Version, provider.ResolveActorRef(worker.Node), worker.PreviousEnd)).ToList();
        if (!_view.Workers.SequenceEqual(workers))
        {
            _view = new(workers);
            _cutOff.KeepOnly(workers.Select(worker => worker.Life));
            foreach (var subscriber in _subscribers) subscriber.Tell(_view);
        }

        _attached.TrySetResult();
    }

    private sealed record Tick
    {
        public static Tick Instance { get; } = new();
    }
}
