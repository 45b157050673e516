using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <remarks>
/// Terminated arrives exactly once per watch: a DeathWatchNotification counts only while its actor is in
/// <c>_watching</c> and takes it out; the Terminated it queues is delivered only while the actor is in
/// <c>_terminatedQueued</c>, and takes it out; Unwatch takes it out of both.
/// </remarks>
internal partial class ActorCell
{
    // Value: the message to get instead of Terminated, or null.
    private Dictionary<IActorRef, object> _watching;
    private Dictionary<IActorRef, object> _terminatedQueued;
    private HashSet<IInternalActorRef> _watchedBy;

    public IActorRef Watch(IActorRef subject) => StartWatching(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return StartWatching(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        if (!subject.Equals(Self))
        {
            if (_watching?.Remove(subject) == true)
                ((IInternalActorRef)subject).SendSystemMessage(new Unwatch((IInternalActorRef)subject, Self));
            _terminatedQueued?.Remove(subject);
        }
        return subject;
    }

    /// <summary>Whether this actor watches that one.</summary>
    public bool IsWatching(IActorRef subject) => _watching?.ContainsKey(subject) == true;

    private IActorRef StartWatching(IActorRef subject, object message)
    {
        if (subject.Equals(Self))
            return subject;
        _watching ??= [];
        // Who watches already goes on as before: another message than the first one's is for after an Unwatch.
        if (_watching.TryAdd(subject, message))
            ((IInternalActorRef)subject).SendSystemMessage(new Watch((IInternalActorRef)subject, Self));
        return subject;
    }

    private void AddWatcher(Watch watch)
    {
        if (watch.Watchee.Equals(Self) && !watch.Watcher.Equals(Self))
            (_watchedBy ??= []).Add(watch.Watcher);
    }

    private void RemoveWatcher(Unwatch unwatch)
    {
        if (unwatch.Watchee.Equals(Self))
            _watchedBy?.Remove(unwatch.Watcher);
    }

    private void WatchedActorTerminated(DeathWatchNotification notification)
    {
        if (_watching is not null && _watching.Remove(notification.Actor, out var message) && !_children.IsTerminating)
        {
            (_terminatedQueued ??= [])[notification.Actor] = message;
            SendToSelf(new Terminated(notification.Actor, notification.ExistenceConfirmed, notification.AddressTerminated), notification.Actor);
        }
        HandleChildTerminated(notification.Actor);
    }

    private void ReceiveTerminated(Terminated terminated)
    {
        if (_terminatedQueued is null || !_terminatedQueued.Remove(terminated.ActorRef, out var message))
            return;
        _message = message ?? terminated;
        Deliver(_message);
    }

    /// <summary>The parent is told apart from this: it always learns.</summary>
    private void TellWatchersWeDied()
    {
        if (_watchedBy is null)
            return;
        var notification = new DeathWatchNotification(Self, ExistenceConfirmed: true, AddressTerminated: false);
        foreach (var watcher in _watchedBy)
        {
            if (!watcher.Equals(ParentRef))
                watcher.SendSystemMessage(notification);
        }
        _watchedBy = null;
    }

    private void UnwatchAll()
    {
        if (_watching is null)
            return;
        foreach (var subject in _watching.Keys)
            ((IInternalActorRef)subject).SendSystemMessage(new Unwatch((IInternalActorRef)subject, Self));
        _watching = null;
        _terminatedQueued = null;
    }
}
