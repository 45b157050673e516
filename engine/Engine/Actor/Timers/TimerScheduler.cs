namespace Akka.Actor;

/// <summary>The timers of one instance. Used on the actor's turn only.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, Timer> _timers = [];
    private long _generation;

    public IReadOnlyCollection<object> ActiveTimers => [.. _timers.Keys];

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        Start(key, msg, interval, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        Start(key, msg, initialDelay, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, null, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) => Start(key, msg, timeout, null, sender);

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer))
            timer.Item.Cancel();
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values)
            timer.Item.Cancel();
        _timers.Clear();
    }

    /// <summary>The message to deliver, or null for one of a timer that was cancelled or replaced since.</summary>
    public object Intercept(TimerMessage message, out IActorRef sender)
    {
        sender = null;
        if (!ReferenceEquals(message.Owner, this)
            || !_timers.TryGetValue(message.Key, out var timer) || timer.Generation != message.Generation)
            return null;
        if (!timer.Periodic)
            _timers.Remove(message.Key);
        sender = timer.Sender ?? cell.Self;
        return timer.Message;
    }

    private void Start(object key, object msg, TimeSpan delay, TimeSpan? interval, IActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (msg is null)
            throw new InvalidMessageException("Message is null.");
        Cancel(key);
        var message = new TimerMessage(this, key, ++_generation);
        var item = interval is { } period
            ? cell.SystemImpl.TimerThread.ScheduleRepeatedly(delay, period, () => cell.SendToSelf(message, cell.Self))
            : cell.SystemImpl.TimerThread.Schedule(delay, () => cell.SendToSelf(message, cell.Self));
        _timers[key] = new Timer(msg, sender, message.Generation, interval is not null, item);
    }

    private sealed record Timer(object Message, IActorRef Sender, long Generation, bool Periodic, ScheduledItem Item);
}

/// <summary>A timer of the actor is due.</summary>
internal sealed record TimerMessage(TimerScheduler Owner, object Key, long Generation)
    : IAutoReceivedMessage, INotInfluenceReceiveTimeout, Event.IDeadLetterSuppression;
