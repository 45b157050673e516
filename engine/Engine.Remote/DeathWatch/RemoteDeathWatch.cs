using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Associations;
using Akka.Remote.Transport;

namespace Akka.Remote.DeathWatch;

/// <summary>
/// Death watch across nodes. While both nodes live, watches and notifications simply travel, reliably. When a node is
/// gone (silent for too long, downed, or replaced by another incarnation) every local watcher of its actors is told, and
/// local actors forget the watchers that were on it.
/// </summary>
internal sealed class RemoteDeathWatch(RemoteHub hub)
{
    private readonly Lock _lock = new();
    private readonly WatchRegistry _registry = new();
    private readonly Dictionary<Address, IDisposable> _monitors = [];

    /// <summary>From an actor of this node to one of another.</summary>
    public void Send(RemoteActorRef recipient, ISystemMessage message)
    {
        switch (message)
        {
            case Watch { Watcher: var watcher } watch:
                Begin(recipient, watcher, watch);
                break;
            case Unwatch { Watcher: var watcher } unwatch:
                lock (_lock)
                {
                    if (_registry.Remove(new RemoteWatch(recipient, watcher)))
                        StopMonitoring(recipient.Path.Address);
                }
                recipient.Association.SendSystem(unwatch, recipient);
                break;
            case DeathWatchNotification { Actor: IInternalActorRef actor }:
                lock (_lock)
                    _registry.RemoveIncoming(new RemoteWatch(actor, recipient));
                recipient.Association.SendSystem(message, recipient);
                break;
            case Terminate:
                recipient.Association.SendSystem(message, recipient);
                break;
        }
    }

    /// <summary>From an actor of another node, of the given incarnation, to one of this.</summary>
    public void Deliver(IInternalActorRef recipient, ISystemMessage message, int from)
    {
        switch (message)
        {
            case Watch { Watcher: var watcher } when watcher is RemoteActorRef:
                lock (_lock)
                    _registry.AddIncoming(new RemoteWatch(recipient, watcher), from);
                break;
            case Unwatch { Watcher: var watcher } when watcher is RemoteActorRef:
                lock (_lock)
                    _registry.RemoveIncoming(new RemoteWatch(recipient, watcher));
                break;
            case DeathWatchNotification notification:
                lock (_lock)
                {
                    if (_registry.Find(notification.Actor, recipient) is not { } watch)
                        return; // unwatched meanwhile, or told already
                    message = notification with { Actor = watch.Watchee };
                    if (_registry.Remove(watch))
                        StopMonitoring(watch.Watchee.Path.Address);
                }
                break;
        }
        recipient.SendSystemMessage(message);
    }

    /// <summary>Null: an address where nobody ever answered.</summary>
    public void OnIncarnationDead(Address address, int? incarnation)
    {
        List<RemoteWatch> outgoing, incoming;
        lock (_lock)
        {
            (outgoing, incoming) = _registry.TakeDead(address, incarnation, out var isLast);
            if (isLast)
                StopMonitoring(address);
        }
        var hasLived = incarnation is not null;
        foreach (var watch in outgoing)
            watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, ExistenceConfirmed: hasLived, AddressTerminated: hasLived));
        foreach (var watch in incoming)
            watch.Watchee.SendSystemMessage(new Unwatch(watch.Watchee, watch.Watcher));
    }

    private void Begin(RemoteActorRef watchee, IInternalActorRef watcher, Watch watch)
    {
        var association = watchee.Association;
        if (association.IsQuarantined)
        {
            watcher.SendSystemMessage(new DeathWatchNotification(watchee, ExistenceConfirmed: false, AddressTerminated: true));
            return;
        }
        var incarnation = association.Incarnation;
        lock (_lock)
        {
            if (_registry.Add(new RemoteWatch(watchee, watcher), incarnation))
                StartMonitoring(association);
        }
        association.SendSystem(watch, watchee);
        // It may have died between the question which incarnation it is and the entry in the registry.
        if (incarnation is { } uid && association.IsDead(uid))
            OnIncarnationDead(association.Address, uid);
    }

    private void StartMonitoring(Association association) => _monitors[association.Address] = hub.Monitor.Start(
        association.Address, uid: null, hub.Settings.WatchDetector, silent: () => OnSilent(association), spoke: static () => { });

    private void StopMonitoring(Address address)
    {
        if (_monitors.Remove(address, out var monitor))
            monitor.Dispose();
    }

    private void OnSilent(Association association)
    {
        if (hub.IsMember(association.Address))
            return; // the cluster decides about its members
        var patience = hub.Settings.WatchDetector;
        association.Quarantine(association.Incarnation,
            $"no heartbeat for {(patience.HeartbeatInterval + patience.AcceptablePause).TotalSeconds} s while actors there are watched");
    }
}
