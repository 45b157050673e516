using System.Collections.Concurrent;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// A thread that waits for sockets and runs what is posted to it. It sleeps until something happens: nothing wakes it
/// periodically, and nothing of it needs the thread pool.
/// </summary>
internal sealed class PollLoop
{
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly PriorityQueue<Deadline, long> _deadlines = new();
    private readonly Func<IPoller> _createPoller;
    private readonly Action<Exception> _onFault;
    private readonly Thread _thread;
    private readonly Lock _afterEnd = new();
    private IPoller _poller = null!;
    private volatile bool _isStopping;
    private volatile bool _hasEnded;
    private int _isAsleep;

    /// <param name="name">Of its thread.</param>
    /// <param name="onFault">Told of what was thrown by something that ran here; the loop goes on.</param>
    public PollLoop(string name, Func<IPoller> createPoller, Action<Exception> onFault)
    {
        (_createPoller, _onFault) = (createPoller, onFault);
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Whether its thread is there.</summary>
    public bool IsAlive => _thread.IsAlive;

    public void Start()
    {
        _poller = _createPoller();
        _thread.Start();
    }

    /// <summary>Runs something on the loop's thread. After the loop's end, it runs at once where it was posted.</summary>
    public void Post(Action action)
    {
        _posted.Enqueue(action);
        // Full fence: either the loop sees the action before it sleeps, or this sees that it sleeps.
        Interlocked.MemoryBarrier();
        if (_hasEnded) RunAfterEnd();
        else if (Volatile.Read(ref _isAsleep) == 1 && Interlocked.Exchange(ref _isAsleep, 0) == 1) Wake();
    }

    /// <summary>Ends the loop once it has run what is posted.</summary>
    public void Stop() => Post(() => _isStopping = true);

    /// <summary>Watches a socket from now on for this. On the loop's thread only.</summary>
    public void Watch(IPollable target, Interest interest)
    {
        if (!_hasEnded) _poller.Watch(target, interest);
    }

    /// <summary>Runs something later. On the loop's thread only.</summary>
    public Deadline Schedule(int milliseconds, Action onDue)
    {
        var deadline = new Deadline(onDue);
        _deadlines.Enqueue(deadline, Environment.TickCount64 + milliseconds);
        return deadline;
    }

    private void Run()
    {
        while (true)
        {
            try
            {
                RunPosted();
                if (_isStopping) break;
                var timeout = RunDue();
                Volatile.Write(ref _isAsleep, 1);
                Interlocked.MemoryBarrier();
                if (!_posted.IsEmpty) timeout = 0;
                _poller.Wait(timeout);
                Volatile.Write(ref _isAsleep, 0);
            }
            catch (Exception e)
            {
                _onFault(e);
            }
        }

        lock (_afterEnd)
        {
            _hasEnded = true;
            _poller.Dispose();
        }

        RunAfterEnd();
    }

    private void RunPosted()
    {
        // What is posted meanwhile has its turn after the sockets.
        for (var left = _posted.Count; left > 0 && _posted.TryDequeue(out var action); left--) action();
    }

    /// <returns>Milliseconds until the next one; negative if there is none.</returns>
    private int RunDue()
    {
        while (_deadlines.TryPeek(out var deadline, out var due))
        {
            // Cancelled ones go here, so that they wake nobody.
            var left = deadline.IsCancelled ? 0 : due - Environment.TickCount64;
            if (left > 0) return (int)Math.Min(left, int.MaxValue);
            _deadlines.Dequeue();
            deadline.Run();
        }

        return -1;
    }

    private void Wake()
    {
        // The lock keeps the poller from being closed meanwhile: its descriptor could be another file's by then.
        lock (_afterEnd)
        {
            if (!_hasEnded) _poller.Wake();
        }
    }

    private void RunAfterEnd()
    {
        lock (_afterEnd)
        {
            while (_posted.TryDequeue(out var action))
            {
                try
                {
                    action();
                }
                catch (Exception e)
                {
                    _onFault(e);
                }
            }
        }
    }
}
