using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Cluster.Daemon;
using Akka.Cluster.Membership;
using Akka.Configuration;
using Akka.Remote;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster;

/// <summary>
/// This node's part in the cluster. Membership is led by one seed node: it lets nodes in, notices their silence, and tells
/// all. Nobody is downed automatically; an unreachable member stays one until <see cref="Down"/>.
/// </summary>
public class Cluster : IExtension
{
    private readonly ClusterOptions _options;
    private readonly RemoteHub _hub;
    private readonly IActorRef _daemon;
    private readonly TaskCompletionSource _exiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Cluster(ActorSystemImpl system)
    {
        if (system.Provider is not ClusterActorRefProvider provider)
        {
            throw new ConfigurationException(
                $"ActorSystem [{system.Name}] needs akka.actor.provider = cluster for the cluster extension, currently it uses [{system.Provider.GetType().FullName}].");
        }
        System = system;
        _hub = provider.Hub;
        _options = new ClusterOptions(system.Config);
        SelfUniqueAddress = new UniqueAddress(_hub.Self.Address, _hub.Self.Uid);
        Publisher = new ClusterPublisher(SelfUniqueAddress, _hub.Log);
        Publisher.OnRemoved(() => _terminated.TrySetResult());
        _daemon = system.SystemActorOf(
            Props.From(() => new ClusterDaemon(this, _hub, _options)).WithDispatcher(_options.Dispatcher), ClusterDaemon.Name);
        _hub.IsMember = address => Publisher.State.Members.Any(member => member.Address.Equals(address));
        _hub.QuarantinedBy += peer => _daemon.Tell(new ClusterDaemon.RefusedBy(peer), ActorRefs.NoSender);
        AddShutdownTasks(CoordinatedShutdown.Get(system));
    }

    public ExtendedActorSystem System { get; }

    public UniqueAddress SelfUniqueAddress { get; }

    public Address SelfAddress => SelfUniqueAddress.Address;

    public ImmutableHashSet<string> SelfRoles => _options.Roles;

    /// <summary>This node as the present state shows it; Removed while it is in no state.</summary>
    public Member SelfMember =>
        State.Members.FirstOrDefault(member => member.UniqueAddress.Equals(SelfUniqueAddress))
        ?? new Member(SelfUniqueAddress, Member.NotUpYet, MemberStatus.Removed, SelfRoles);

    /// <summary>The membership as this node sees it now.</summary>
    public CurrentClusterState State => Publisher.State;

    public bool IsUp => SelfMember.Status == MemberStatus.Up;

    /// <summary>This node was removed, or its membership was stopped. Only a new actor system can join again.</summary>
    public bool IsTerminated => Publisher.IsTerminated;

    internal ClusterPublisher Publisher { get; }

    public static Cluster Get(ActorSystem system) => ClusterExtension.Instance.Get(system);

    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, InitialStateAsSnapshot, to);

    public void Subscribe(IActorRef subscriber, SubscriptionInitialStateMode initialStateMode, params Type[] to)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        if (to.Length == 0)
            throw new ArgumentException("At least one `IClusterDomainEvent` class is required", nameof(to));
        if (Array.Find(to, type => !typeof(IClusterDomainEvent).IsAssignableFrom(type)) is { } stranger)
            throw new ArgumentException($"Subscribe to `IClusterDomainEvent` or subclasses, was [{stranger.Name}]", nameof(to));
        _daemon.Tell(new ClusterDaemon.WatchSubscriber(subscriber), ActorRefs.NoSender);
        Publisher.Subscribe(subscriber, initialStateMode, to);
    }

    public void Unsubscribe(IActorRef subscriber) => Publisher.Unsubscribe(subscriber);

    public void Unsubscribe(IActorRef subscriber, Type to) => Publisher.Unsubscribe(subscriber, to);

    public void SendCurrentClusterState(IActorRef receiver) => receiver.Tell(State, ActorRefs.NoSender);

    /// <summary>Joins through the node at that address; with its own address this node becomes the seed.</summary>
    public void Join(Address address) => _daemon.Tell(new ClusterDaemon.JoinTo(address), ActorRefs.NoSender);

    /// <summary>Like <see cref="Join"/>; the task ends when this node is Up.</summary>
    public Task JoinAsync(Address address, CancellationToken token = default)
    {
        var joined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        RegisterOnMemberUp(() => joined.TrySetResult());
        RegisterOnMemberRemoved(() => joined.TrySetException(new InvalidOperationException(
            $"Cannot join [{address}]: the membership of [{SelfAddress}] is over; a new actor system can join.")));
        Join(address);
        return joined.Task.WaitAsync(token);
    }

    /// <exception cref="ConfigurationException">More than one seed: that needs the Akka.NET packages.</exception>
    public void JoinSeedNodes(IEnumerable<Address> seedNodes) => Join(OnlySeed(seedNodes));

    /// <inheritdoc cref="JoinSeedNodes"/>
    public Task JoinSeedNodesAsync(IEnumerable<Address> seedNodes, CancellationToken token = default) => JoinAsync(OnlySeed(seedNodes), token);

    /// <summary>The member at that address goes, in good order: Leaving, Exiting, Removed.</summary>
    public void Leave(Address address) => _daemon.Tell(new Leave(address), ActorRefs.NoSender);

    /// <summary>This node leaves; the task ends when it is removed.</summary>
    public Task LeaveAsync() => LeaveAsync(CancellationToken.None);

    public Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (!IsTerminated)
            Leave(SelfAddress);
        return _terminated.Task.WaitAsync(cancellationToken);
    }

    /// <summary>The member at that address is gone: it is removed, and its incarnation never let in again.</summary>
    public void Down(Address address) => _daemon.Tell(new Down(address), ActorRefs.NoSender);

    /// <summary>Runs once this node is Up; at once when it is.</summary>
    public void RegisterOnMemberUp(Action callback) => Publisher.OnUp(callback);

    /// <summary>Runs once this node is removed; at once when it is.</summary>
    public void RegisterOnMemberRemoved(Action callback) => Publisher.OnRemoved(callback);

    public ActorPath RemotePathOf(IActorRef actorRef) =>
        actorRef.Path.Address.HasGlobalScope ? actorRef.Path
            : (new RootActorPath(SelfAddress) / actorRef.Path.Elements).WithUid(actorRef.Path.Uid);

    internal ICanTell DaemonAt(Address address) =>
        address.Equals(SelfAddress) ? _daemon : System.Provider.ResolveActorRef(new RootActorPath(address) / "system" / ClusterDaemon.Name);

    /// <summary>This node is to go: the application shuts down, and confirms at the end of it.</summary>
    internal void OnExiting()
    {
        _exiting.TrySetResult();
        CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
    }

    private static Address OnlySeed(IEnumerable<Address> seedNodes)
    {
        var seeds = seedNodes.Distinct().ToArray();
        ClusterOptions.RequireOneSeed(seeds);
        return seeds.Length == 1 ? seeds[0] : throw new ArgumentException("No seed node is given.", nameof(seedNodes));
    }

    private void AddShutdownTasks(CoordinatedShutdown shutdown)
    {
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave", async () =>
        {
            if (!IsTerminated)
            {
                Leave(SelfAddress);
                await Task.WhenAny(_exiting.Task, _terminated.Task);
            }
            return Done.Instance;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterExitingDone, "exiting-completed", async () =>
        {
            if (!IsTerminated)
            {
                _daemon.Tell(new ExitingConfirmed(SelfUniqueAddress), ActorRefs.NoSender);
                await _terminated.Task;
            }
            return Done.Instance;
        });
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShutdown, "wait-shutdown", async () =>
        {
            _daemon.Tell(ClusterDaemon.StopMembership.Instance, ActorRefs.NoSender);
            await _terminated.Task;
            return Done.Instance;
        });
    }
}
