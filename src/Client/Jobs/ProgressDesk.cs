using Microsoft.Extensions.Logging;

namespace ActorCompute.Client.Jobs;

/// <summary>
/// Tells a caller how far a job is: on the thread pool, one call at a time, the newest that is known. A caller that is slow misses
/// some, one that never returns holds up the end of its own job, and the job's actor waits for neither.
/// </summary>
internal sealed class ProgressDesk(IProgress<JobProgress> told) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private (JobProgress Value, ILogger Log)? _newest;
    private Action? _last;
    private bool _isOpen;
    private bool _threw;

    public void Tell(JobProgress progress, ILogger log)
    {
        lock (_lock)
        {
            _newest = (progress, log);
            Open();
        }
    }

    /// <summary>Has something done when all was told. Only the first call counts.</summary>
    public void End(Action then)
    {
        lock (_lock)
        {
            _last ??= then;
            Open();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            (JobProgress Value, ILogger Log)? next;
            Action? last;
            lock (_lock)
            {
                (next, last, _newest) = (_newest, _last, null);
                if (next is null && last is null)
                {
                    _isOpen = false;
                    return;
                }
            }

            if (next is not { } progress)
            {
                // The desk stays open: nothing is told any more.
                last!();
                return;
            }

            try
            {
                told.Report(progress.Value);
            }
            catch (Exception e)
            {
                // It would go on doing so many times a second: told once.
                if (!_threw) ClientLog.CallbackThrew(progress.Log, e, nameof(JobOptions.Progress));
                _threw = true;
            }
        }
    }

    // Within the lock.
    private void Open()
    {
        if (_isOpen) return;
        _isOpen = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
