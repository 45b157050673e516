namespace Akka.Dispatch;

/// <summary>One actor, one thread. Made anew for each actor; the thread ends with the actor.</summary>
internal sealed class PinnedDispatcher(string id, int throughput, TimeSpan throughputDeadline, string threadName)
    : MessageDispatcher(id, throughput, throughputDeadline)
{
    // Started with the first turn. Turns of one mailbox follow each other, so nothing here needs a lock.
    private DedicatedThreads _thread;
    private bool _detached;

    internal override void Execute(IThreadPoolWorkItem turn)
    {
        if (!_detached)
            _thread ??= new DedicatedThreads(threadName, 1);
        if (_thread is null || !_thread.TryExecute(turn))
            ThreadPool.UnsafeQueueUserWorkItem(turn, preferLocal: false);
    }

    internal override void Detach()
    {
        _detached = true;
        _thread?.Close();
    }
}
