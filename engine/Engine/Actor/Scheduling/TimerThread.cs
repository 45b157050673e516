using System.Diagnostics;

namespace Akka.Actor;

/// <summary>
/// One thread that runs actions when they are due. A heap ordered by due time; cancelled items stay in it until they
/// are due or make up half of it, so that many short-lived time-outs (asks) cost no memory for long.
/// </summary>
internal sealed class TimerThread
{
    private const int CompactFrom = 256;

    private readonly object _lock = new();
    private readonly PriorityQueue<ScheduledItem, ScheduledItem> _items = new(ScheduledItem.ByDue);
    private long _order;
    private int _cancelled;
    private bool _stopped;

    public TimerThread(string name)
    {
        var thread = new Thread(Work) { IsBackground = true, Name = name };
        thread.UnsafeStart();
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _items.Count - _cancelled;
        }
    }

    public ScheduledItem Schedule(TimeSpan delay, Action action) => Add(new ScheduledItem(this, action, 0), delay);

    /// <summary>Each next time is counted from when the last one was due; a time that is past already is not made up for.</summary>
    public ScheduledItem ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return Add(new ScheduledItem(this, action, Math.Max(1, Ticks(interval))), initialDelay);
    }

    /// <summary>Drops all items and ends the thread.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
            _items.Clear();
            _cancelled = 0;
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>Called by an item that is in the heap and was cancelled just now.</summary>
    internal void OnCancelled()
    {
        lock (_lock)
        {
            if (++_cancelled < CompactFrom || _cancelled < _items.Count / 2)
                return;
            var living = _items.UnorderedItems.Where(item => !item.Element.IsCancelled).ToArray();
            _items.Clear();
            _items.EnqueueRange(living);
            _cancelled = 0;
        }
    }

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);

    private ScheduledItem Add(ScheduledItem item, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        item.Due = Stopwatch.GetTimestamp() + Ticks(delay);
        lock (_lock)
        {
            if (!_stopped)
                Enqueue(item);
        }
        return item;
    }

    private void Enqueue(ScheduledItem item)
    {
        item.Order = _order++;
        _items.Enqueue(item, item);
        if (ReferenceEquals(_items.Peek(), item))
            Monitor.Pulse(_lock);
    }

    private void Work()
    {
        while (true)
        {
            ScheduledItem item;
            lock (_lock)
            {
                while (!TryTakeDue(out item))
                {
                    if (_stopped)
                        return;
                }
            }
            item.Run();
            if (item.Interval > 0 && !item.IsCancelled)
                Repeat(item);
        }
    }

    /// <summary>Under the lock. Takes what is due, or waits for it and returns false to look again.</summary>
    private bool TryTakeDue(out ScheduledItem item)
    {
        while (_items.TryPeek(out item, out _))
        {
            var left = item.Due - Stopwatch.GetTimestamp();
            if (left > 0 && !item.IsCancelled)
            {
                // Rounded up: never early.
                var milliseconds = (left * 1000 / Stopwatch.Frequency) + 1;
                Monitor.Wait(_lock, (int)Math.Min(milliseconds, int.MaxValue));
                return false;
            }
            _items.Dequeue();
            if (item.Take())
                return true;
            _cancelled--;
        }
        if (!_stopped)
            Monitor.Wait(_lock);
        return false;
    }

    private void Repeat(ScheduledItem item)
    {
        var now = Stopwatch.GetTimestamp();
        var next = item.Due + item.Interval;
        item.Due = next > now ? next : now + item.Interval;
        lock (_lock)
        {
            if (!_stopped && item.PutBack())
                Enqueue(item);
        }
    }
}
