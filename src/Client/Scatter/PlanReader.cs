using System.Threading.Channels;
using ActorCompute.Client.Gather;

namespace ActorCompute.Client.Scatter;

/// <summary>Draws a plan a little ahead on a thread of its own: a plan may read files, and the job's actor never waits for one.</summary>
internal sealed class PlanReader : ChannelTaskSource
{
    public PlanReader(IEnumerable<ReadOnlyMemory<byte>> tasks)
        : this(Numbered(tasks))
    {
    }

    /// <param name="tasks">The tasks, numbered from 0.</param>
    public PlanReader(IEnumerable<PlannedTask> tasks)
        // A full chunk is drawn ahead, so that filling one does not wait.
        : base(Channel.CreateBounded<PlannedTask>(new BoundedChannelOptions(ChunkSizer.MaximumTasks) { SingleReader = true, SingleWriter = true }))
    {
        _ = Task.Factory.StartNew(() => Draw(tasks), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static IEnumerable<PlannedTask> Numbered(IEnumerable<ReadOnlyMemory<byte>> tasks)
    {
        var number = 0L;
        foreach (var payload in tasks) yield return new(number++, payload);
    }

    private void Draw(IEnumerable<PlannedTask> tasks)
    {
        try
        {
            foreach (var task in tasks)
            {
                Stopped.ThrowIfCancellationRequested();
                while (!Writer.TryWrite(task))
                {
                    // This thread is the plan's own, so it may block.
                    if (!Writer.WaitToWriteAsync(Stopped).AsTask().GetAwaiter().GetResult()) return;
                }
            }

            Writer.TryComplete();
        }
        catch (Exception e)
        {
            Writer.TryComplete(e);
        }
    }
}
