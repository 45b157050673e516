using System.Collections.Concurrent;
using System.Threading.Channels;

namespace ActorCompute.Client.Jobs;

/// <summary>
/// Hands a job's events to a caller's channel: on the thread pool, since a channel may run its reader's code. One that is full, or
/// slow, misses some, and is told how many.
/// </summary>
/// <param name="to">The caller's.</param>
internal sealed class EventDesk(ChannelWriter<SchedulingEvent> to) : IThreadPoolWorkItem
{
    /// <summary>Events that wait for the thread pool, at most.</summary>
    public const int Most = 1 << 16;

    private readonly ConcurrentQueue<SchedulingEvent> _waiting = new();
    private readonly List<SchedulingEvent> _read = [];
    private long _readTo;
    private long _missed;
    private int _isOpen;
    private volatile bool _hasEnded;
    private volatile bool _isComplete;

    /// <summary>Takes what has happened since the last call. The calls come from one thread at a time.</summary>
    public void Take(SchedulingLog log)
    {
        if (log.Count == _readTo) return;
        _read.Clear();
        Interlocked.Add(ref _missed, log.Read(ref _readTo, _read));
        foreach (var what in _read)
        {
            if (_waiting.Count < Most) _waiting.Enqueue(what);
            else Interlocked.Increment(ref _missed);
        }

        Open();
    }

    /// <summary>Nothing more comes: the channel is completed.</summary>
    public void End()
    {
        _hasEnded = true;
        Open();
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            try
            {
                while (_waiting.TryDequeue(out var what)) Tell(what);
                if (_hasEnded && _waiting.IsEmpty) Complete(null);
            }
            catch (Exception e)
            {
                // A channel of the caller's own making: it gets no more.
                _waiting.Clear();
                Complete(e);
            }

            Interlocked.Exchange(ref _isOpen, 0);
        }
        // Added between the last look and the closing: whoever raises the flag again tells it.
        while ((!_waiting.IsEmpty || (_hasEnded && !_isComplete)) && Interlocked.Exchange(ref _isOpen, 1) == 0);
    }

    private void Complete(Exception? error)
    {
        _isComplete = true;
        try
        {
            to.TryComplete(error);
        }
        catch (Exception)
        {
            // Of the caller's own making: there is nobody to tell.
        }
    }

    private void Tell(in SchedulingEvent what)
    {
        var missed = Interlocked.Exchange(ref _missed, 0);
        if (missed > 0 && !to.TryWrite(new(what.At, SchedulingEventKind.Missed, Count: (int)Math.Min(missed, int.MaxValue)))) Interlocked.Add(ref _missed, missed + 1);
        else if (!to.TryWrite(what)) Interlocked.Increment(ref _missed);
    }

    private void Open()
    {
        if (Interlocked.Exchange(ref _isOpen, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
