namespace Akka.Dispatch;

/// <summary>Turns on the process-wide thread pool.</summary>
internal sealed class ThreadPoolDispatcher(string id, int throughput, TimeSpan throughputDeadline)
    : MessageDispatcher(id, throughput, throughputDeadline)
{
    // Not preferLocal: a thread's local queue is last in, first out, and two busy actors could starve a third in it.
    internal override void Execute(IThreadPoolWorkItem turn) => ThreadPool.UnsafeQueueUserWorkItem(turn, preferLocal: false);
}
