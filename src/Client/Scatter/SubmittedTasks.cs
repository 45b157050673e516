using System.Threading.Channels;

namespace ActorCompute.Client.Scatter;

/// <summary>Tasks that a program submits one by one, from any thread. (Of the unbounded channels only the one for several readers counts.)</summary>
internal sealed class SubmittedTasks() : ChannelTaskSource(Channel.CreateUnbounded<TaskBatch>(new() { SingleReader = false }))
{
    private long _next;

    public override long? Backlog => Drawn;

    /// <summary>The number of the next task.</summary>
    public long NextNumber() => Interlocked.Increment(ref _next) - 1;

    /// <returns>False when no more are taken.</returns>
    public bool TryAdd(in TaskBatch task) => !Stopped.IsCancellationRequested && Writer.TryWrite(task);

    /// <summary>No more will come.</summary>
    public void Complete() => Writer.TryComplete();
}
