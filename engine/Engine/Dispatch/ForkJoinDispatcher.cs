namespace Akka.Dispatch;

/// <summary>Turns on a fixed number of threads of its own, shared by the actors of the dispatcher.</summary>
internal sealed class ForkJoinDispatcher(string id, int throughput, TimeSpan throughputDeadline, string threadName, int threadCount)
    : MessageDispatcher(id, throughput, throughputDeadline)
{
    // Started with the first actor: a configured dispatcher that nobody uses costs no threads.
    private readonly Lazy<DedicatedThreads> _threads = new(() => new DedicatedThreads(threadName, threadCount));

    internal override void Execute(IThreadPoolWorkItem turn)
    {
        // After the system's end a late turn still has to run, if only to answer with dead letters.
        if (!_threads.Value.TryExecute(turn))
            ThreadPool.UnsafeQueueUserWorkItem(turn, preferLocal: false);
    }

    internal override void Shutdown()
    {
        if (_threads.IsValueCreated)
            _threads.Value.Close();
    }
}
