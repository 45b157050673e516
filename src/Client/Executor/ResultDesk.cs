using System.Collections.Concurrent;

namespace ActorCompute.Client.Executor;

/// <summary>
/// Settles futures whose results are read by code of users (converters, constructors, setters, a codec of their own): away from
/// the job's actor, in order, as many to a turn of the thread pool as are there. Code that never ends holds up the results of its
/// own function and nothing else.
/// </summary>
/// <param name="settled">Told of each that has been settled.</param>
internal sealed class ResultDesk(Action<SettledBatch> settled) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<SettledBatch> _waiting = new();
    private int _isOpen;

    public void Add(in SettledBatch task)
    {
        _waiting.Enqueue(task);
        if (Interlocked.Exchange(ref _isOpen, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        do
        {
            while (_waiting.TryDequeue(out var task))
            {
                ((ComputeFuture)task.State!).Settle(task);
                settled(task);
            }

            Interlocked.Exchange(ref _isOpen, 0);
        }
        // Added between the last look and the closing: whoever raises the flag again takes it.
        while (!_waiting.IsEmpty && Interlocked.Exchange(ref _isOpen, 1) == 0);
    }
}
