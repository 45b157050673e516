using System.Diagnostics;

namespace Akka.Actor;

/// <remarks>
/// Messages only stamp the time. One scheduled tick asks at the earliest possible moment whether the actor has been idle
/// long enough, and if not comes back for the rest: a busy actor costs the scheduler one entry per period, not per message.
/// </remarks>
internal partial class ActorCell
{
    private TimeSpan? _receiveTimeout;
    private long _lastActivity;
    private long _timeoutGeneration;
    private ScheduledItem _timeoutTick;

    public TimeSpan? ReceiveTimeout => _receiveTimeout;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        _receiveTimeout = timeout is { } value && value > TimeSpan.Zero ? value : null;
        CheckReceiveTimeout();
    }

    private void CheckReceiveTimeout()
    {
        CancelReceiveTimeout();
        if (_receiveTimeout is { } timeout)
        {
            TouchReceiveTimeout();
            ArmReceiveTimeout(timeout);
        }
    }

    private void CancelReceiveTimeout()
    {
        // Ticks that are already in the mailbox carry an older generation.
        _timeoutGeneration++;
        _timeoutTick?.Cancel();
        _timeoutTick = null;
    }

    private void TouchReceiveTimeout() => _lastActivity = Stopwatch.GetTimestamp();

    private void ArmReceiveTimeout(TimeSpan delay)
    {
        var tick = new ReceiveTimeoutTick(_timeoutGeneration);
        _timeoutTick = SystemImpl.TimerThread.Schedule(delay, () => SendToSelf(tick, Self));
    }

    private void ReceiveTimeoutTick(ReceiveTimeoutTick tick)
    {
        if (tick.Generation != _timeoutGeneration || _receiveTimeout is not { } timeout)
            return;
        var left = timeout - Stopwatch.GetElapsedTime(_lastActivity);
        if (left > TimeSpan.Zero)
        {
            ArmReceiveTimeout(left);
            return;
        }
        TouchReceiveTimeout();
        ArmReceiveTimeout(timeout);
        _message = Akka.Actor.ReceiveTimeout.Instance;
        _sender = Self;
        Deliver(_message);
    }
}

/// <summary>Time to look whether the actor has been idle for its receive time-out.</summary>
internal sealed record ReceiveTimeoutTick(long Generation) : IAutoReceivedMessage, INotInfluenceReceiveTimeout, Event.IDeadLetterSuppression;
