using System.Threading.Channels;

namespace ActorCompute.Client.Scatter;

/// <summary>Tasks that come through a channel, one by one.</summary>
internal abstract class ChannelTaskSource(Channel<TaskBatch> tasks) : TaskSource
{
    public override bool IsEnded => tasks.Reader.Completion.IsCompleted;

    public override Exception? Error => tasks.Reader.Completion is { IsCanceled: true }
        // A channel takes this exception for its own cancellation and keeps nothing of it.
        ? new OperationCanceledException("the plan was cancelled before its end.")
        : tasks.Reader.Completion.Exception?.InnerException;

    protected ChannelWriter<TaskBatch> Writer => tasks.Writer;

    public override int Drawn => tasks.Reader.Count;

    public override bool TryPeek(out long number)
    {
        var isThere = tasks.Reader.TryPeek(out var task);
        number = task.First;
        return isThere;
    }

    public override bool TryTake(int most, out TaskBatch batch) => tasks.Reader.TryRead(out batch);

    public override async Task WaitAsync()
    {
        try
        {
            await tasks.Reader.WaitToReadAsync(Stopped).ConfigureAwait(false);
        }
        catch (Exception) when (tasks.Reader.Completion.IsCompleted || Stopped.IsCancellationRequested)
        {
            // Seen as IsEnded and Error.
        }
    }
}
