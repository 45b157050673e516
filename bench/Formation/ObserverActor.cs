using System.Diagnostics;
using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Actor;
using Akka.Cluster;
using Google.Protobuf;

namespace ActorCompute.Formation;

/// <summary>Time stamps of what the observer waits for.</summary>
internal sealed class Sightings
{
    public TaskCompletionSource<long> AllUp { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<long> AllRegistered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Joins the cluster to see its members, attaches to the registry to see its workers.</summary>
internal sealed class ObserverActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan AttachInterval = TimeSpan.FromMilliseconds(100);

    private readonly HostEndpoint _seed;
    private readonly ClusterSecret _secret;
    private readonly byte[] _nonce = ClusterSecret.CreateNonce();
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly HashSet<Address> _up = [];

    public ObserverActor(HostEndpoint seed, ClusterSecret secret, int workers, Sightings seen)
    {
        (_seed, _secret) = (seed, secret);
        Receive<ClusterEvent.MemberUp>(up =>
        {
            if (up.Member.HasRole("observer")) return;
            _up.Add(up.Member.Address);
            if (_up.Count == 1 + workers) seen.AllUp.TrySetResult(Stopwatch.GetTimestamp());
        });
        Receive<ClusterView>(view =>
        {
            // From now on it tells of every change itself.
            Timers.Cancel(nameof(AttachTick));
            if (view.Workers.Count == workers) seen.AllRegistered.TrySetResult(Stopwatch.GetTimestamp());
        });
        Receive<AttachTick>(_ => Attach());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.MemberUp));
        _cluster.Join(new Address("akka.tcp", SystemConfig.SystemName, _seed.Host, _seed.Port));
        Attach();
        Timers.StartPeriodicTimer(nameof(AttachTick), AttachTick.Instance, AttachInterval);
    }

    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private void Attach() => Context.ActorSelection($"akka.tcp://{SystemConfig.SystemName}@{_seed}{SystemConfig.RegistryPath}").Tell(new AttachClient
    {
        Id = "observer",
        Host = Environment.MachineName,
        ProcessId = Environment.ProcessId,
        Version = BuildInfo.Version,
        Nonce = ByteString.CopyFrom(_nonce),
        Proof = ByteString.CopyFrom(_secret.Prove(ProofPurpose.AttachClient, "observer", _nonce)),
    }, Self);

    private sealed record AttachTick
    {
        public static AttachTick Instance { get; } = new();
    }
}
