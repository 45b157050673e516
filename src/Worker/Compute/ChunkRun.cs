using ActorCompute.Messages;
using ActorCompute.Worker.Node;

namespace ActorCompute.Worker.Compute;

/// <summary>
/// One chunk on its way through a slot: which task of it runs now and since when, which of them nobody wants any more, and
/// which was told to stop. The slot calls <see cref="TryBegin"/> and <see cref="End"/>, the node actor the rest.
/// </summary>
internal sealed class ChunkRun(OpenedJob job, Chunk chunk, TaskBudget budget, TimeProvider time) : IDisposable
{
    private const long NoTask = -1;

    private readonly Lock _lock = new();
    private HashSet<long>? _cancelled;
    private CancellationTokenSource? _source;
    private long _current = NoTask;
    private int _attempt;
    private long _beganAt;

    // When the running task was told to stop; 0 while it was not.
    private long _toldAt;
    private TaskEnd _end;

    // Pieces that the rest of the running task is wanted in; 0 while it is not. Read by the task.
    private int _splitInto;

    public OpenedJob Job { get; } = job;

    public Chunk Chunk { get; } = chunk;

    /// <summary>Tasks that this process may still begin.</summary>
    public TaskBudget Budget => budget;

    /// <summary>Into how many pieces what is left of the running task should be split; for its slot.</summary>
    public Func<int> Pieces => field ??= () => Volatile.Read(ref _splitInto);

    /// <summary>When the last task began; for its slot.</summary>
    public long BeganAt => _beganAt;

    /// <summary>The task that runs, and for how long; null between tasks.</summary>
    public (long Number, TimeSpan Elapsed)? Running
    {
        get
        {
            lock (_lock) return _current == NoTask ? null : (_current, time.GetElapsedTime(_beganAt));
        }
    }

    /// <summary>A batch begins, unless it was cancelled or this process has done its share.</summary>
    public bool TryBegin(Batch batch, out CancellationToken cancellation)
    {
        var number = batch.First;
        lock (_lock)
        {
            cancellation = default;
            if (Job.IsClosed || _cancelled?.Contains(number) == true || !budget.TryTake(Math.Max(1, batch.Count))) return false;
            (_current, _attempt, _beganAt, _toldAt, _end) = (number, batch.Attempt, time.GetTimestamp(), 0, TaskEnd.Wanted);
            _splitInto = 0;
            // One source for many tasks: most are never cancelled.
            _source ??= CancellationTokenSource.CreateLinkedTokenSource(Job.Cancellation);
            cancellation = _source.Token;
            return true;
        }
    }

    /// <summary>The task that began has ended.</summary>
    public TaskEnd End()
    {
        lock (_lock)
        {
            _current = NoTask;
            return Job.IsClosed ? TaskEnd.Unwanted : _end;
        }
    }

    /// <summary>Nobody waits for a task any more. Numbers of other chunks do no harm.</summary>
    public void Cancel(long number)
    {
        CancellationTokenSource? running;
        lock (_lock)
        {
            (_cancelled ??= []).Add(number);
            if (_current != number) return;
            running = TellToStop(TaskEnd.Unwanted);
        }

        Stop(running);
    }

    /// <summary>What is left of a task is wanted in so many pieces. Word of another task or try, or one that comes late, changes nothing.</summary>
    public void Split(long number, int attempt, int pieces)
    {
        lock (_lock)
        {
            if (_current == number && _attempt == attempt) Volatile.Write(ref _splitInto, pieces);
        }
    }

    /// <summary>Tells a task that takes too long to stop, and finds one that was told and did not.</summary>
    public StuckRun? Watch()
    {
        CancellationTokenSource? running = null;
        lock (_lock)
        {
            if (_current == NoTask) return null;
            var elapsed = time.GetElapsedTime(_beganAt);
            if (_toldAt != 0)
            {
                return time.GetElapsedTime(_toldAt) > Job.Grace ? new(Job.Opening, Chunk.Sequence, _current, elapsed, _end == TaskEnd.TimedOut) : null;
            }

            // The job's own token is set already, if that was closed.
            if (Job.IsClosed) TellToStop(TaskEnd.Unwanted);
            else if (Job.Timeout is { } timeout && elapsed > timeout) running = TellToStop(TaskEnd.TimedOut);
        }

        Stop(running);
        return null;
    }

    public void Dispose()
    {
        // Of a job that is closed its token's callbacks may be under way, and to dispose would be to wait for them.
        if (Job.IsClosed) return;
        lock (_lock)
        {
            _source?.Dispose();
            _source = null;
        }
    }

    // What is registered with the token is the task's own code.
    private void Stop(CancellationTokenSource? source)
    {
        if (source is not null) Job.Do(source.Cancel);
    }

    /// <summary>
    /// Takes the running task's source: it is that task's alone from here on. If the task ends before the source is set, the
    /// next one begins with a source of its own, and is not told to stop in its place.
    /// </summary>
    private CancellationTokenSource? TellToStop(TaskEnd end)
    {
        (_toldAt, _end) = (time.GetTimestamp(), end);
        var source = _source;
        _source = null;
        return source;
    }
}
