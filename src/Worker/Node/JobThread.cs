namespace ActorCompute.Worker.Node;

/// <summary>
/// Where a job's own code runs that is no task: its opening, what is registered with its tokens, its disposal. One thing after the
/// other, on a thread that is there while there is something to do, so that code which blocks or throws holds up its own job alone.
/// </summary>
/// <param name="failed">Told of what was thrown.</param>
internal sealed class JobThread(Action<Exception> failed)
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _waiting = [];
    private bool _runs;

    /// <summary>Does it, after what was given before.</summary>
    public void Do(Action action)
    {
        lock (_lock)
        {
            _waiting.Enqueue(action);
            if (_runs) return;
            _runs = true;
        }

        new Thread(Run) { IsBackground = true, Name = "job" }.Start();
    }

    private void Run()
    {
        while (true)
        {
            Action action;
            lock (_lock)
            {
                _runs = _waiting.TryDequeue(out action!);
                if (!_runs) return;
            }

            try
            {
                action();
            }
            catch (Exception e)
            {
                failed(e);
            }
        }
    }
}
