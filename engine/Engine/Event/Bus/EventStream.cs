using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>The event bus of a system: log events, dead letters, and whatever the application publishes.</summary>
public class EventStream : LoggingBus
{
    // Who gets events of a class; emptied when a subscription changes.
    private ConcurrentDictionary<Type, IActorRef[]> _byClass = new();

    internal EventStream()
    {
    }

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        var local = subscriber as LocalActorRef;
        // First the mark, then the subscription, then a look whether it has stopped: whichever way it races with the
        // stopping, one of the two sides takes the subscription out again.
        if (local is not null)
            local.HasSubscriptions = true;
        var added = base.Subscribe(subscriber, channel);
        if (local is { IsTerminated: true })
            base.Unsubscribe(subscriber);
        return added;
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return base.Unsubscribe(subscriber);
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return base.Unsubscribe(subscriber, channel);
    }

    internal override IEnumerable<IActorRef> SubscribersOf(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var byClass = Volatile.Read(ref _byClass);
        return byClass.TryGetValue(@event.GetType(), out var subscribers) ? subscribers : Find(@event, byClass);
    }

    internal override void Changed() => Volatile.Write(ref _byClass, new ConcurrentDictionary<Type, IActorRef[]>());

    private IActorRef[] Find(object @event, ConcurrentDictionary<Type, IActorRef[]> byClass)
    {
        // Read after byClass: if a change came between, byClass is thrown away with what is put into it here.
        var subscribers = Subscriptions.Where(one => one.Classifier.IsInstanceOfType(@event)).Select(one => one.Subscriber).Distinct().ToArray();
        byClass[@event.GetType()] = subscribers;
        return subscribers;
    }
}
