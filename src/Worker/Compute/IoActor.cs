using ActorCompute.Messages;
using ActorCompute.Worker.Nested;
using Akka.Actor;

namespace ActorCompute.Worker.Compute;

/// <summary>
/// All slots for work that waits: starts each chunk it is handed and lets it run on the thread pool, while others do. How
/// many at a time decides the node's scheduler.
/// </summary>
internal sealed class IoActor(TimeProvider time) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is ComputeChunk chunk)
        {
            var self = Self;
            // Not on this actor's turn: what comes before a task's first await may take a while.
            _ = Task.Run(() => RunAsync(chunk.Run, chunk.Node, self));
        }
        else
        {
            Unhandled(message);
        }
    }

    private async Task RunAsync(ChunkRun run, IActorRef node, IActorRef self)
    {
        var work = (IOpenedIoWork)run.Job.Work;
        var replies = new ReplyBatch(run, node, time);
        var buffer = new ResultBuffer();
        var scope = new TaskScope(run, node);
        // For what this method awaits; it ends with it.
        AmbientTask.Current = scope;
        try
        {
            foreach (var batch in run.Chunk.Batches)
            {
                if (!run.TryBegin(batch, out var cancellation)) continue;
                var startedAt = run.BeganAt;
                var reply = await ExecuteAsync(run, work, batch, buffer, scope.Begin(batch, cancellation), node).ConfigureAwait(false);
                // Told to stop, an error is no outcome: its client may be cut off only, and would take it for a failure.
                var end = run.End();
                scope.End();
                if (reply.Error is not null && end == TaskEnd.Unwanted) continue;
                if (reply.Error is not null && end == TaskEnd.TimedOut) reply = ReplyBatch.TimedOut(batch, run.Job.Timeout, time.GetElapsedTime(startedAt));
                replies.Add(reply, startedAt);
            }
        }
        finally
        {
            replies.Complete(self);
        }
    }

    private static async ValueTask<BatchReply> ExecuteAsync(ChunkRun run, IOpenedIoWork work, Batch batch, ResultBuffer buffer, TaskContext context, IActorRef node)
    {
        try
        {
            // Never asked for: a job of such work says that it takes none.
            if (batch.Count != 1) throw new InvalidOperationException("work that waits takes no packs.");
            var output = buffer.Begin();
            await work.ExecuteAsync(batch.Payload.Memory, output, context).ConfigureAwait(false);
            if (output.WrittenCount > ReplyBatch.LargestMessage) return await run.Job.SendLargeAsync(run, batch, output.WrittenMemory, node, context.Cancellation).ConfigureAwait(false);
            var reply = ReplyBatch.Result(batch, output.WrittenSpan);
            run.Job.Keep(batch, reply.Result.Memory);
            return reply;
        }
        catch (Exception e)
        {
            return ReplyBatch.Error(batch, e);
        }
    }
}
