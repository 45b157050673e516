using System.Diagnostics;

namespace Akka.Remote.Transport;

/// <summary>
/// Runs short actions at their time on a thread of its own: heartbeats, detectors and time-outs must not wait for a
/// thread pool that computing has filled. Actions must not block.
/// </summary>
internal sealed class RemoteTimer : IDisposable
{
    private readonly object _lock = new();
    private readonly PriorityQueue<Entry, long> _due = new();
    private readonly Action<Exception> _onError;
    private bool _stopped;

    public RemoteTimer(string name, Action<Exception> onError)
    {
        _onError = onError;
        var thread = new Thread(Run) { IsBackground = true, Name = name, Priority = ThreadPriority.AboveNormal };
        thread.Start();
    }

    public IDisposable Once(TimeSpan delay, Action action) => Add(new Entry(action, 0), delay);

    public IDisposable Every(TimeSpan interval, Action action) => Add(new Entry(action, ToTicks(interval)), interval);

    public void Dispose()
    {
        lock (_lock)
        {
            _stopped = true;
            Monitor.Pulse(_lock);
        }
    }

    private Entry Add(Entry entry, TimeSpan delay)
    {
        lock (_lock)
        {
            var due = Stopwatch.GetTimestamp() + ToTicks(delay);
            var wasFirst = !_due.TryPeek(out _, out var first) || due < first;
            _due.Enqueue(entry, due);
            if (wasFirst)
                Monitor.Pulse(_lock);
        }
        return entry;
    }

    private void Run()
    {
        while (Next() is { } entry)
        {
            try
            {
                entry.Run();
            }
            catch (Exception e)
            {
                _onError(e);
            }
        }
    }

    private Entry Next()
    {
        lock (_lock)
        {
            while (!_stopped)
            {
                if (!_due.TryPeek(out var entry, out var due))
                {
                    Monitor.Wait(_lock);
                    continue;
                }
                var now = Stopwatch.GetTimestamp();
                if (due > now)
                {
                    // Rounded up: waking a moment early would spin until the time has come.
                    var wait = (due - now) * 1000 / Stopwatch.Frequency + 1;
                    Monitor.Wait(_lock, (int)Math.Min(wait, int.MaxValue));
                    continue;
                }
                _due.Dequeue();
                if (entry.IsCancelled)
                    continue;
                if (entry.Period > 0)
                    _due.Enqueue(entry, Math.Max(due + entry.Period, now));
                return entry;
            }
        }
        return null;
    }

    private static long ToTicks(TimeSpan time) => Math.Max(1, (long)(time.TotalSeconds * Stopwatch.Frequency));

    private sealed class Entry(Action action, long period) : IDisposable
    {
        private Action _action = action;

        public long Period => period;

        public bool IsCancelled => Volatile.Read(ref _action) is null;

        public void Run() => Volatile.Read(ref _action)?.Invoke();

        public void Dispose() => Volatile.Write(ref _action, null);
    }
}
