namespace ActorCompute.Worker.Compute;

/// <summary>What must be looked at while a slot is busy.</summary>
internal interface ITicked
{
    /// <summary>Called every few milliseconds, on the clock's thread; must return at once.</summary>
    void Tick();
}

/// <summary>
/// Looks at busy slots every few milliseconds. A thread of its own: the pool may be full of users' tasks, and a slot's own thread
/// is in a task. It sleeps while no slot is busy.
/// </summary>
internal sealed class SlotClock
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly object _lock = new();
    private readonly HashSet<ITicked> _busy = [];
    private Thread? _thread;

    /// <summary>The one of this process.</summary>
    public static SlotClock Shared { get; } = new();

    /// <summary>Looks at it from now on.</summary>
    public void Add(ITicked ticked)
    {
        lock (_lock)
        {
            _busy.Add(ticked);
            if (_thread is null)
            {
                _thread = new(Run) { IsBackground = true, Name = "slot-clock" };
                // Not with the context of whichever task comes first.
                _thread.UnsafeStart();
            }
            else if (_busy.Count == 1)
            {
                Monitor.Pulse(_lock);
            }
        }
    }

    /// <summary>Looks at it no more.</summary>
    public void Remove(ITicked ticked)
    {
        lock (_lock) _busy.Remove(ticked);
    }

    private void Run()
    {
        var now = new List<ITicked>();
        while (true)
        {
            lock (_lock)
            {
                while (_busy.Count == 0) Monitor.Wait(_lock);
                now.AddRange(_busy);
            }

            foreach (var ticked in now) ticked.Tick();
            now.Clear();
            lock (_lock) Monitor.Wait(_lock, Interval);
        }
    }
}
