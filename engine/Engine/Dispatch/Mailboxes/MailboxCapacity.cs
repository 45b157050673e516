using System.Diagnostics;

namespace Akka.Dispatch;

/// <summary>The bound of a bounded mailbox: a sender waits up to the push time-out for room, then its message is a dead letter.</summary>
internal sealed class MailboxCapacity(int capacity, TimeSpan pushTimeout)
{
    private readonly object _lock = new();
    private int _count;

    /// <summary>False when there was no room in time.</summary>
    public bool TryEnter()
    {
        var start = Stopwatch.GetTimestamp();
        lock (_lock)
        {
            while (_count >= capacity)
            {
                var left = pushTimeout == Timeout.InfiniteTimeSpan ? pushTimeout : pushTimeout - Stopwatch.GetElapsedTime(start);
                if (left != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero)
                    return false;
                Monitor.Wait(_lock, left);
            }
            _count++;
            return true;
        }
    }

    /// <summary>For what the engine sends the actor (Terminated, timers): neither to be lost nor to block its thread.</summary>
    public void EnterAnyway()
    {
        lock (_lock)
            _count++;
    }

    public void Leave()
    {
        lock (_lock)
        {
            _count--;
            Monitor.Pulse(_lock);
        }
    }
}
