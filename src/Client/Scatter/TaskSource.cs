using System.Threading.Channels;
using ActorCompute.Client.Gather;

namespace ActorCompute.Client.Scatter;

/// <summary>Where a job's actor takes its tasks from: filled by somebody else, at their own pace.</summary>
internal abstract class TaskSource(Channel<PlannedTask> tasks) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>True when every task has been taken.</summary>
    public bool IsEnded => tasks.Reader.Completion.IsCompleted;

    /// <summary>What its giver threw, if it did.</summary>
    public Exception? Error => tasks.Reader.Completion is { IsCanceled: true }
        // A channel takes this exception for its own cancellation and keeps nothing of it.
        ? new OperationCanceledException("the plan was cancelled before its end.")
        : tasks.Reader.Completion.Exception?.InnerException;

    /// <summary>Tasks to come, where that is known without a plan's count: everything that was submitted so far.</summary>
    public virtual long? Backlog => null;

    /// <summary>Set when nobody takes tasks any more.</summary>
    protected CancellationToken Stopped => _stop.Token;

    protected ChannelWriter<PlannedTask> Writer => tasks.Writer;

    protected int Buffered => tasks.Reader.Count;

    public bool TryPeek(out PlannedTask task) => tasks.Reader.TryPeek(out task);

    public bool TryTake(out PlannedTask task) => tasks.Reader.TryRead(out task);

    /// <summary>Ends when there is a task to take, or all have been.</summary>
    public async Task WaitAsync()
    {
        try
        {
            await tasks.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception) when (tasks.Reader.Completion.IsCompleted || _stop.IsCancellationRequested)
        {
            // Seen as IsEnded and Error.
        }
    }

    public void Dispose() => _stop.Cancel();

    /// <summary>Tasks drawn ahead: a full chunk, so that filling one does not wait.</summary>
    protected static Channel<PlannedTask> Bounded() =>
        Channel.CreateBounded<PlannedTask>(new BoundedChannelOptions(ChunkSizer.MaximumTasks) { SingleReader = true, SingleWriter = true });
}
