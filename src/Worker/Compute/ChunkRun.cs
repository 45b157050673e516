using ActorCompute.Messages;
using ActorCompute.Worker.Node;

namespace ActorCompute.Worker.Compute;

/// <summary>
/// One chunk on its way through a slot: which task of it runs now, and which of them nobody wants any more. The slot calls
/// <see cref="TryBegin"/> and <see cref="End"/>, the node actor <see cref="Cancel"/>.
/// </summary>
internal sealed class ChunkRun(OpenedJob job, Chunk chunk, TaskBudget budget) : IDisposable
{
    private const long NoTask = -1;

    private readonly Lock _lock = new();
    private HashSet<long>? _cancelled;
    private CancellationTokenSource? _source;
    private long _current = NoTask;
    private bool _isUnwanted;

    public OpenedJob Job { get; } = job;

    public Chunk Chunk { get; } = chunk;

    /// <summary>A task begins, unless it was cancelled or this process has done its share.</summary>
    public bool TryBegin(long number, out CancellationToken cancellation)
    {
        lock (_lock)
        {
            cancellation = default;
            if (Job.Cancellation.IsCancellationRequested || _cancelled?.Contains(number) == true || !budget.TryTake()) return false;
            (_current, _isUnwanted) = (number, false);
            // One source for many tasks: most are never cancelled.
            _source ??= CancellationTokenSource.CreateLinkedTokenSource(Job.Cancellation);
            cancellation = _source.Token;
            return true;
        }
    }

    /// <summary>The task that began has ended.</summary>
    /// <returns>Whether somebody still waits for its outcome.</returns>
    public bool End()
    {
        lock (_lock)
        {
            _current = NoTask;
            return !_isUnwanted && !Job.Cancellation.IsCancellationRequested;
        }
    }

    /// <summary>Nobody waits for a task any more. Numbers of other chunks do no harm.</summary>
    public void Cancel(long number)
    {
        CancellationTokenSource? running = null;
        lock (_lock)
        {
            (_cancelled ??= []).Add(number);
            if (_current != number) return;
            // This source is that task's alone from here on: if the task ends before the source is set, the next one begins
            // with a source of its own, and is not told to stop in its place.
            _isUnwanted = true;
            (running, _source) = (_source, null);
        }

        // Outside the lock: what is registered with the token may take its time.
        using (running) running?.Cancel();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _source?.Dispose();
            _source = null;
        }
    }
}
