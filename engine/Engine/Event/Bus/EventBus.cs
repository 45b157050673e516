namespace Akka.Event;

/// <summary>Delivers each event to the subscribers of its classifier and of those above it.</summary>
/// <remarks>Publishing takes no lock: subscribers are an array that changes of subscription replace.</remarks>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
{
    private readonly Lock _changing = new();
    private volatile Subscription[] _subscriptions = [];

    internal EventBus()
    {
    }

    /// <summary>False if it was subscribed already, also by a classifier above this one.</summary>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (_changing)
        {
            if (_subscriptions.Any(one => Same(one.Subscriber, subscriber) && IsSubClassification(one.Classifier, classifier)))
                return false;
            // What it subscribed below this one is covered now; keeping it would deliver twice.
            Replace([.. _subscriptions.Where(one => !(Same(one.Subscriber, subscriber) && IsSubClassification(classifier, one.Classifier))),
                new Subscription(subscriber, classifier)]);
            return true;
        }
    }

    public virtual bool Unsubscribe(TSubscriber subscriber) => Remove(one => Same(one.Subscriber, subscriber));

    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier) =>
        Remove(one => Same(one.Subscriber, subscriber) && IsSubClassification(classifier, one.Classifier));

    public virtual void Publish(TEvent @event)
    {
        foreach (var subscriber in SubscribersOf(@event))
            Publish(@event, subscriber);
    }

    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    protected abstract bool Classify(TEvent @event, TClassifier classifier);

    protected abstract TClassifier GetClassifier(TEvent @event);

    internal virtual IEnumerable<TSubscriber> SubscribersOf(TEvent @event)
    {
        foreach (var one in _subscriptions)
        {
            if (Classify(@event, one.Classifier))
                yield return one.Subscriber;
        }
    }

    internal Subscription[] Subscriptions => _subscriptions;

    /// <summary>The subscriptions have changed. Under the lock of changes.</summary>
    internal virtual void Changed()
    {
    }

    private bool Remove(Func<Subscription, bool> leaves)
    {
        lock (_changing)
        {
            if (!_subscriptions.Any(leaves))
                return false;
            Replace([.. _subscriptions.Where(one => !leaves(one))]);
            return true;
        }
    }

    private void Replace(Subscription[] subscriptions)
    {
        _subscriptions = subscriptions;
        Changed();
    }

    private static bool Same(TSubscriber left, TSubscriber right) => EqualityComparer<TSubscriber>.Default.Equals(left, right);

    // No struct: for each generic struct the runtime compiles its own copy of every list and iterator it is put in.
    internal sealed record Subscription(TSubscriber Subscriber, TClassifier Classifier);
}
