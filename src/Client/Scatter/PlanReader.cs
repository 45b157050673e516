using System.Threading.Channels;
using ActorCompute.Client.Journal;

namespace ActorCompute.Client.Scatter;

/// <summary>Draws a plan a little ahead on a thread of its own: a plan may read files, and the job's actor never waits for one.</summary>
internal sealed class PlanReader : ChannelTaskSource
{
    // Tasks, and outcomes out of a journal, that are drawn ahead; large ones are drawn as they are taken.
    private const long AheadBytes = 1 << 23;

    private readonly SemaphoreSlim _taken = new(0);
    private long _bytes;

    public PlanReader(IEnumerable<ReadOnlyMemory<byte>> tasks)
        : this(Numbered(tasks))
    {
    }

    /// <param name="tasks">The tasks, numbered from 0.</param>
    public PlanReader(IEnumerable<TaskBatch> tasks)
        // A full chunk is drawn ahead, so that filling one does not wait.
        : base(Channel.CreateBounded<TaskBatch>(new BoundedChannelOptions(ChunkSizer.MaximumTasks) { SingleReader = true, SingleWriter = true }))
    {
        _ = Task.Factory.StartNew(() => Draw(tasks), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public override bool TryTake(int most, out TaskBatch batch)
    {
        if (!base.TryTake(most, out batch)) return false;
        // Its drawer waits only above the bound, and looks again when woken.
        var size = BytesOf(batch);
        var before = Interlocked.Add(ref _bytes, -size) + size;
        if (before >= AheadBytes) _taken.Release();
        return true;
    }

    private static IEnumerable<TaskBatch> Numbered(IEnumerable<ReadOnlyMemory<byte>> tasks)
    {
        var number = 0L;
        foreach (var payload in tasks) yield return new(number++, payload);
    }

    private static long BytesOf(in TaskBatch task) => task.Payload.Length + (task.State is JournalledOutcome known ? known.Result.Length : 0);

    private void Draw(IEnumerable<TaskBatch> tasks)
    {
        try
        {
            foreach (var task in tasks)
            {
                Stopped.ThrowIfCancellationRequested();
                // This thread is the plan's own, so it may block.
                while (Interlocked.Read(ref _bytes) >= AheadBytes) _taken.Wait(Stopped);
                Interlocked.Add(ref _bytes, BytesOf(task));
                while (!Writer.TryWrite(task))
                {
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
