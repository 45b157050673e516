namespace Akka.Actor;

/// <summary>The public face of the timer thread.</summary>
internal sealed class Scheduler(TimerThread thread) : IScheduler, IAdvancedScheduler
{
    public IAdvancedScheduler Advanced => this;

    public DateTimeOffset Now => SystemTime.Now;

    public TimeSpan MonotonicClock => SystemTime.Monotonic;

    public TimeSpan HighResMonotonicClock => SystemTime.Monotonic;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Once(delay, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Repeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => Once(delay, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Once(delay, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => Repeatedly(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Repeatedly(initialDelay, interval, action, cancelable);

    private void Once(TimeSpan delay, Action action, ICancelable cancelable)
    {
        if (cancelable is { IsCancellationRequested: true })
            return;
        Bind(thread.Schedule(delay, Unless(cancelable, action)), cancelable);
    }

    private void Repeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable)
    {
        if (cancelable is { IsCancellationRequested: true })
            return;
        Bind(thread.ScheduleRepeatedly(initialDelay, interval, Unless(cancelable, action)), cancelable);
    }

    /// <summary>Cancelled but not yet taken out: still nothing runs.</summary>
    private static Action Unless(ICancelable cancelable, Action action) => cancelable is null ? action : () =>
    {
        if (!cancelable.IsCancellationRequested)
            action();
    };

    private static void Bind(ScheduledItem item, ICancelable cancelable) =>
        cancelable?.Token.UnsafeRegister(static state => ((ScheduledItem)state).Cancel(), item);
}
