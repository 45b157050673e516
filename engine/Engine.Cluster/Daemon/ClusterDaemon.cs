using System.Diagnostics;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Event;
using Akka.Remote;

namespace Akka.Cluster.Daemon;

/// <summary>
/// Carries messages, silence and time to <see cref="MembershipState"/>, and does what it says. Heartbeats are not its
/// business: they run on the remoting's own threads (<see cref="Remote.DeathWatch.PeerMonitor"/>).
/// </summary>
internal sealed class ClusterDaemon : UntypedActor
{
    public const string Name = "cluster";

    /// <summary>Nodes start together: until the seed listens the others knock often, later less so.</summary>
    private static readonly TimeSpan KnockFast = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan KnockSlow = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan FastFor = TimeSpan.FromSeconds(5);

    private readonly Cluster _cluster;
    private readonly RemoteHub _hub;
    private readonly ClusterOptions _options;
    private readonly ILoggingAdapter _log;
    private readonly Dictionary<UniqueAddress, IDisposable> _monitors = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly MembershipState _state;
    private ICancelable _tick;

    public ClusterDaemon(Cluster cluster, RemoteHub hub, ClusterOptions options)
    {
        _cluster = cluster;
        _hub = hub;
        _options = options;
        _log = hub.Log;
        _state = new MembershipState(cluster.SelfUniqueAddress, options.Roles, options.MinimumMembers);
    }

    protected override void PreStart()
    {
        if (_options.SeedNodes is [var seed])
            Self.Tell(new JoinTo(seed), ActorRefs.NoSender);
    }

    protected override void PostStop()
    {
        _tick?.Cancel();
        Do(_state.Stop());
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case MembershipMessage membership:
                Do(_state.Receive(membership));
                break;
            case Silence silence:
                _log.Warning("Cluster node [{0}]: [{1}] (uid {2}) is unreachable.", _state.Self.Address, silence.Node.Address, silence.Node.Uid);
                Do(_state.Silent(silence.Node));
                break;
            case Sound sound:
                _log.Info("Cluster node [{0}]: [{1}] (uid {2}) is reachable again.", _state.Self.Address, sound.Node.Address, sound.Node.Uid);
                Do(_state.Spoke(sound.Node));
                break;
            case Ticked:
                OnTick();
                break;
            case JoinTo join:
                // The clock orders the incarnations of a seed; see MembershipState for one that is behind.
                Do(_state.JoinSeed(join.Seed, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
                Schedule();
                break;
            case RefusedBy refused:
                Do(_state.Refused(refused.Peer));
                break;
            case StopMembership:
                Do(_state.Stop());
                break;
            case WatchSubscriber watch:
                Context.Watch(watch.Subscriber);
                break;
            case Terminated terminated:
                _cluster.Publisher.Unsubscribe(terminated.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void OnTick()
    {
        if (_state.Mode == MembershipMode.Joining && _options.GiveUpJoiningAfter is { } limit && Stopwatch.GetElapsedTime(_started) > limit)
        {
            _log.Error("Cluster node [{0}]: no seed node let it in within {1}; shutting down.", _state.Self.Address, limit);
            CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance);
        }
        Do(_state.Ticked());
        Schedule();
    }

    private void Schedule()
    {
        _tick?.Cancel();
        var delay = _state.Mode switch
        {
            MembershipMode.Joining => Stopwatch.GetElapsedTime(_started) < FastFor ? KnockFast : KnockSlow,
            MembershipMode.Member => _options.PollInterval,
            _ => Timeout.InfiniteTimeSpan,
        };
        _tick = delay == Timeout.InfiniteTimeSpan ? null : Context.System.Scheduler.ScheduleTellOnceCancelable(delay, Self, Ticked.Instance, ActorRefs.NoSender);
    }

    private void Do(IReadOnlyList<MembershipInstruction> instructions)
    {
        foreach (var instruction in instructions)
        {
            switch (instruction)
            {
                case MembershipInstruction.Send send:
                    _cluster.DaemonAt(send.To).Tell(send.Message, ActorRefs.NoSender);
                    break;
                case MembershipInstruction.Publish publish:
                    LogChanges(publish);
                    _cluster.Publisher.Publish(publish.After);
                    QuarantineLater(publish);
                    break;
                case MembershipInstruction.Monitor monitor:
                    StartMonitoring(monitor.Node);
                    break;
                case MembershipInstruction.StopMonitoring stop:
                    if (_monitors.Remove(stop.Node, out var running))
                        running.Dispose();
                    break;
                case MembershipInstruction.Quarantine { Node: var node }:
                    _hub.AssociationWith(node.Address).QuarantineWhenFlushed(node.Uid, "it was downed");
                    break;
                case MembershipInstruction.BeginExit:
                    _cluster.OnExiting();
                    break;
                case MembershipInstruction.ShutDown shutDown:
                    ShutDown(shutDown.Downed);
                    break;
            }
        }
    }

    private void StartMonitoring(UniqueAddress node)
    {
        var self = Self;
        _monitors[node] = _hub.Monitor.Start(
            node.Address,
            node.Uid,
            _options.FailureDetector,
            silent: () => self.Tell(new Silence(node), ActorRefs.NoSender),
            spoke: () => self.Tell(new Sound(node), ActorRefs.NoSender));
    }

    /// <summary>Who left in good order stops its actors itself; what is left of it after a while never will.</summary>
    private void QuarantineLater(MembershipInstruction.Publish publish)
    {
        foreach (var (node, _) in publish.Before.Members)
        {
            if (node.Equals(_state.Self) || publish.After.Find(node) is not null || publish.After.FindRemoval(node) is { From: MemberStatus.Down })
                continue;
            _hub.Timer.Once(_options.QuarantineRemovedAfter, () => _hub.AssociationWith(node.Address).Quarantine(node.Uid, "it left the cluster", isExpected: true));
        }
    }

    private void ShutDown(bool downed)
    {
        _tick?.Cancel();
        if (!_cluster.Publisher.Terminate())
            return;
        _log.Info("Cluster node [{0}]: {1}.", _state.Self.Address, downed ? "was downed; its cluster membership is over" : "has left the cluster");
        if (downed && _options.RunCoordinatedShutdownWhenDown)
            CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
        else if (!downed)
            _cluster.OnExiting();
    }

    private void LogChanges(MembershipInstruction.Publish publish)
    {
        foreach (var change in ViewDifference.Between(publish.Before, publish.After))
        {
            if (change is ClusterEvent.IMemberEvent)
                _log.Info("Cluster node [{0}]: {1}", _state.Self.Address, change);
        }
    }

    internal sealed record JoinTo(Address Seed);

    internal sealed record Silence(UniqueAddress Node);

    internal sealed record Sound(UniqueAddress Node);

    internal sealed record RefusedBy(Address Peer);

    internal sealed record WatchSubscriber(IActorRef Subscriber);

    internal sealed record StopMembership
    {
        public static readonly StopMembership Instance = new();
    }

    internal sealed record Ticked
    {
        public static readonly Ticked Instance = new();
    }
}
