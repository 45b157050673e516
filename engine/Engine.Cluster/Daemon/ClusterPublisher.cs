using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Event;
using static Akka.Cluster.ClusterEvent;

namespace Akka.Cluster.Daemon;

/// <summary>
/// The state that this node shows, and who wants to hear of its changes. State and events change together under one lock,
/// so a new subscriber gets the state and then exactly the events after it.
/// </summary>
internal sealed class ClusterPublisher(UniqueAddress self, ILoggingAdapter log)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IActorRef, HashSet<Type>> _subscribers = [];
    private readonly List<Action> _onUp = [];
    private readonly List<Action> _onRemoved = [];
    private MembershipView _view = MembershipView.Empty;
    private volatile CurrentClusterState _state = MembershipView.Empty.ToState();
    private volatile bool _terminated;

    public CurrentClusterState State => _state;

    public bool IsTerminated => _terminated;

    public void Subscribe(IActorRef subscriber, SubscriptionInitialStateMode mode, Type[] types)
    {
        lock (_lock)
        {
            if (mode == SubscriptionInitialStateMode.InitialStateAsSnapshot)
            {
                subscriber.Tell(_state, ActorRefs.NoSender);
            }
            else
            {
                foreach (var domainEvent in ViewDifference.Between(MembershipView.Empty, _view))
                {
                    if (IsFor(types, domainEvent))
                        subscriber.Tell(domainEvent, ActorRefs.NoSender);
                }
            }
            if (_subscribers.TryGetValue(subscriber, out var known))
                known.UnionWith(types);
            else
                _subscribers.Add(subscriber, [.. types]);
        }
    }

    public void Unsubscribe(IActorRef subscriber, Type type = null)
    {
        lock (_lock)
        {
            if (type is null)
                _subscribers.Remove(subscriber);
            else if (_subscribers.TryGetValue(subscriber, out var types) && types.Remove(type) && types.Count == 0)
                _subscribers.Remove(subscriber);
        }
    }

    public void Publish(MembershipView after)
    {
        List<Action> up = null;
        lock (_lock)
        {
            var events = ViewDifference.Between(_view, after);
            _view = after;
            _state = after.ToState();
            events.ForEach(Tell);
            if (after.Find(self) is { Status: MemberStatus.Up })
                up = Take(_onUp);
        }
        up?.ForEach(Run);
    }

    /// <summary>This node is no member any more. False when that was known.</summary>
    public bool Terminate()
    {
        List<Action> removed;
        lock (_lock)
        {
            if (_terminated)
                return false;
            Tell(ClusterShuttingDown.Instance);
            _terminated = true;
            removed = Take(_onRemoved);
            _onUp.Clear();
        }
        removed.ForEach(Run);
        return true;
    }

    public void OnUp(Action callback)
    {
        lock (_lock)
        {
            if (_view.Find(self) is not { Status: MemberStatus.Up })
            {
                _onUp.Add(callback);
                return;
            }
        }
        callback();
    }

    public void OnRemoved(Action callback)
    {
        lock (_lock)
        {
            if (!_terminated)
            {
                _onRemoved.Add(callback);
                return;
            }
        }
        callback();
    }

    private void Tell(IClusterDomainEvent domainEvent)
    {
        foreach (var (subscriber, types) in _subscribers)
        {
            if (IsFor(types, domainEvent))
                subscriber.Tell(domainEvent, ActorRefs.NoSender);
        }
    }

    private void Run(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception e)
        {
            log.Error(e, "A callback for a member that is up or removed failed: {0}", e.Message);
        }
    }

    private static bool IsFor(IEnumerable<Type> types, IClusterDomainEvent domainEvent) => types.Any(type => type.IsInstanceOfType(domainEvent));

    private static List<Action> Take(List<Action> callbacks)
    {
        var taken = callbacks.ToList();
        callbacks.Clear();
        return taken;
    }
}
