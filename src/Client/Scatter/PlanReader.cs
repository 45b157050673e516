using System.Threading.Channels;
using ActorCompute.Client.Gather;

namespace ActorCompute.Client.Scatter;

/// <summary>Draws the plan a little ahead on a thread of its own: a plan may read files, and the job's actor never waits for one.</summary>
internal sealed class PlanReader : IDisposable
{
    /// <summary>Tasks drawn ahead: a full chunk, so that filling one does not wait.</summary>
    private const int Ahead = ChunkSizer.MaximumTasks;

    private readonly Channel<PlannedTask> _tasks = Channel.CreateBounded<PlannedTask>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop = new();

    public PlanReader(IEnumerable<ReadOnlyMemory<byte>> tasks)
    {
        _ = Task.Factory.StartNew(() => Draw(tasks), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>True when every task has been taken.</summary>
    public bool IsEnded => _tasks.Reader.Completion.IsCompleted;

    /// <summary>What the plan threw, if it did.</summary>
    public Exception? Error => _tasks.Reader.Completion is { IsCanceled: true }
        // A channel takes this exception for its own cancellation and keeps nothing of it.
        ? new OperationCanceledException("the plan was cancelled before its end.")
        : _tasks.Reader.Completion.Exception?.InnerException;

    public bool TryPeek(out PlannedTask task) => _tasks.Reader.TryPeek(out task);

    public bool TryTake(out PlannedTask task) => _tasks.Reader.TryRead(out task);

    /// <summary>Ends when there is a task to take, or the plan has ended.</summary>
    public async Task WaitAsync()
    {
        try
        {
            await _tasks.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception) when (_tasks.Reader.Completion.IsCompleted || _stop.IsCancellationRequested)
        {
            // Seen as IsEnded and Error.
        }
    }

    public void Dispose() => _stop.Cancel();

    private void Draw(IEnumerable<ReadOnlyMemory<byte>> tasks)
    {
        try
        {
            var number = 0L;
            foreach (var payload in tasks)
            {
                _stop.Token.ThrowIfCancellationRequested();
                var task = new PlannedTask(number++, payload);
                while (!_tasks.Writer.TryWrite(task))
                {
                    // This thread is the plan's own, so it may block.
                    if (!_tasks.Writer.WaitToWriteAsync(_stop.Token).AsTask().GetAwaiter().GetResult()) return;
                }
            }

            _tasks.Writer.TryComplete();
        }
        catch (Exception e)
        {
            _tasks.Writer.TryComplete(e);
        }
    }
}
