using ActorCompute.Messages;
using ActorCompute.Worker.Nested;
using Akka.Actor;

namespace ActorCompute.Worker.Compute;

/// <summary>
/// One slot: runs the tasks of a chunk one after the other on a thread of its own and answers the client directly.
/// </summary>
internal sealed class ComputeActor : UntypedActor
{
    // Of its own thread each.
    private const string Dispatcher = "compute-dispatcher";

    private readonly TimeProvider _time;
    private readonly IdleRoutees? _idle;
    private readonly ResultBuffer _buffer = new();
    private readonly PackRun _pack = new();

    /// <param name="time">The clock.</param>
    /// <param name="idle">Told after each chunk, before the node is: the node counts on it. Null for one that no router sends to.</param>
    public ComputeActor(TimeProvider time, IdleRoutees? idle) => (_time, _idle) = (time, idle);

    /// <summary>A router with one such actor for each slot.</summary>
    public static Props PoolOf(int slots, TimeProvider time)
    {
        var idle = new IdleRoutees();
        return Props.Create<ComputeActor>(time, idle).WithRouter(new IdlePool(idle, slots)).WithDispatcher(Dispatcher);
    }

    /// <summary>One such actor without a router.</summary>
    public static Props Single(TimeProvider time) => Props.Create<ComputeActor>(time, null).WithDispatcher(Dispatcher);

    protected override void OnReceive(object message)
    {
        if (message is ComputeChunk chunk) Run(chunk.Run, chunk.Node);
        else Unhandled(message);
    }

    private void Run(ChunkRun run, IActorRef node)
    {
        var work = (IOpenedCpuWork)run.Job.Work;
        var replies = new ReplyBatch(run, node, _time);
        var scope = new TaskScope(run, node);
        AmbientTask.Current = scope;
        try
        {
            foreach (var batch in run.Chunk.Batches)
            {
                if (!run.TryBegin(batch, out var cancellation)) continue;
                var startedAt = run.BeganAt;
                var reply = Compute(run, work, batch, cancellation, scope, node);
                // Told to stop, an error is no outcome: its client may be cut off only, and would take it for a failure.
                var end = run.End();
                scope.End();
                if (reply.Error is not null && end == TaskEnd.Unwanted) continue;
                if (reply.Error is not null && end == TaskEnd.TimedOut) reply = ReplyBatch.TimedOut(batch, run.Job.Timeout, _time.GetElapsedTime(startedAt));
                replies.Add(reply, startedAt);
            }
        }
        finally
        {
            AmbientTask.Current = null;
            _idle?.Add(Self);
            replies.Complete(Self);
        }
    }

    private BatchReply Compute(ChunkRun run, IOpenedCpuWork work, Batch batch, CancellationToken cancellation, TaskScope scope, IActorRef node)
    {
        try
        {
            var context = scope.Begin(batch, cancellation);
            if (batch.Count != 1)
            {
                var pack = _pack.Run(work, batch, context, ref scope.Done);
                var reply = Answer(run, batch, pack.Bytes, [], node, cancellation);
                (reply.Answered, reply.Failed) = (pack.Answered, pack.Failed);
                return reply;
            }

            var output = _buffer.Begin();
            IReadOnlyList<ReadOnlyMemory<byte>> rest = [];
            if (work is IOpenedSplittableWork splittable) rest = splittable.Execute(batch.Payload.Span, output, context, run.Pieces);
            else work.Execute(batch.Payload.Span, output, context);
            return Answer(run, batch, output.WrittenMemory, rest, node, cancellation);
        }
        catch (Exception e)
        {
            return ReplyBatch.Error(batch, e);
        }
    }

    private static BatchReply Answer(ChunkRun run, Batch batch, ReadOnlyMemory<byte> result, IReadOnlyList<ReadOnlyMemory<byte>> rest, IActorRef node, CancellationToken cancellation)
    {
        if (result.Length > ReplyBatch.LargestMessage)
        {
            ReplyBatch.CheckRest(0, rest);
            var large = run.Job.SendLargeAsync(run, batch, result, node, cancellation).GetAwaiter().GetResult();
            ReplyBatch.AddRest(large, rest);
            return large;
        }

        var reply = ReplyBatch.Result(batch, result.Span, rest);
        run.Job.Keep(batch, reply.Result.Memory);
        return reply;
    }
}
