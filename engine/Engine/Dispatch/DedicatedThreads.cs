namespace Akka.Dispatch;

/// <summary>A few threads of its own and the queue they work off.</summary>
internal sealed class DedicatedThreads
{
    private readonly Queue<IThreadPoolWorkItem> _work = new();
    private int _idle;
    private bool _closed;

    public DedicatedThreads(string name, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            var thread = new Thread(Work) { IsBackground = true, Name = count == 1 ? name : $"{name}-{i}" };
            thread.UnsafeStart();
        }
    }

    /// <summary>False once closed: then nothing runs it any more.</summary>
    public bool TryExecute(IThreadPoolWorkItem item)
    {
        lock (_work)
        {
            if (_closed)
                return false;
            _work.Enqueue(item);
            if (_idle > 0)
                Monitor.Pulse(_work);
            return true;
        }
    }

    /// <summary>The threads end when the work already queued is done.</summary>
    public void Close()
    {
        lock (_work)
        {
            _closed = true;
            Monitor.PulseAll(_work);
        }
    }

    private void Work()
    {
        while (true)
        {
            IThreadPoolWorkItem item;
            lock (_work)
            {
                while (!_work.TryDequeue(out item))
                {
                    if (_closed)
                        return;
                    _idle++;
                    Monitor.Wait(_work);
                    _idle--;
                }
            }
            item.Execute();
        }
    }
}
