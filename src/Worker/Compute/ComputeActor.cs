using System.Buffers;
using ActorCompute.Messages;
using Akka.Actor;
using Google.Protobuf;

namespace ActorCompute.Worker.Compute;

/// <summary>
/// One slot: runs the tasks of a chunk one after the other on a thread of its own and answers the client directly.
/// </summary>
internal sealed class ComputeActor : ReceiveActor
{
    // Answers to tiny tasks travel together, but nobody waits for one longer than this.
    private static readonly TimeSpan FlushAfter = TimeSpan.FromMilliseconds(20);
    private const int FlushBytes = 1 << 18;

    /// <summary>
    /// Bytes of the largest result: half a frame. A message beyond the frame is dropped where it is sent, and the task would
    /// be sent again for ever.
    /// </summary>
    public const int LargestResult = 1 << 23;

    // For people; some carry a whole document.
    private const int LongestMessage = 4096;

    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    public ComputeActor(TimeProvider time)
    {
        _time = time;
        Receive<ComputeChunk>(Run);
    }

    private void Run(ComputeChunk message)
    {
        var (job, chunk, node) = message;
        var startedAt = _time.GetTimestamp();
        var flushedAt = startedAt;
        var bytes = 0;
        var replies = new ChunkReplies { Job = chunk.Job, Sequence = chunk.Sequence };
        try
        {
            foreach (var task in chunk.Tasks)
            {
                if (job.Cancellation.IsCancellationRequested) break;
                var taskAt = _time.GetTimestamp();
                var reply = Compute(job.Work, task, job.Cancellation);
                // Told to stop, so it has no outcome: its client may be cut off only, and would take this for a failure.
                if (reply.Error is not null && job.Cancellation.IsCancellationRequested) break;
                var now = _time.GetTimestamp();
                reply.ElapsedTicks = _time.GetElapsedTime(taskAt, now).Ticks;
                replies.Replies.Add(reply);
                bytes += reply.OutcomeCase == TaskReply.OutcomeOneofCase.Result ? reply.Result.Length : 0;
                if (_time.GetElapsedTime(flushedAt, now) < FlushAfter && bytes < FlushBytes) continue;
                // The last answers go with the word that the chunk is complete.
                if (replies.Replies.Count > 0 && task.Number != chunk.Tasks[^1].Number)
                {
                    job.Client.Tell(replies, node);
                    replies = new() { Job = chunk.Job, Sequence = chunk.Sequence };
                    (flushedAt, bytes) = (now, 0);
                }
            }
        }
        finally
        {
            // The sender is the node: it is the one that the client knows and watches.
            replies.Complete = true;
            job.Client.Tell(replies, node);
            node.Tell(new ChunkDone(job, chunk.Sequence, _time.GetElapsedTime(startedAt)), Self);
        }
    }

    private TaskReply Compute(IOpenedWork work, TaskItem task, CancellationToken cancellation)
    {
        var reply = new TaskReply { Number = task.Number, Attempt = task.Attempt };
        try
        {
            _buffer.ResetWrittenCount();
            work.Execute(task.Payload.Span, _buffer, new(task.Number, task.Attempt, cancellation));
            if (_buffer.WrittenCount > LargestResult)
            {
                throw new InvalidOperationException($"the result has {_buffer.WrittenCount} bytes; at most {LargestResult} travel. Write it where others can read it, and return where that is.");
            }

            reply.Result = ByteString.CopyFrom(_buffer.WrittenSpan);
        }
        catch (Exception e)
        {
            reply.Error = new() { BadInput = e is InputException, Type = e.GetType().FullName ?? e.GetType().Name, Message = Cut(e.Message) };
        }

        return reply;
    }

    private static string Cut(string text) => text.Length <= LongestMessage ? text : text[..LongestMessage] + "…";
}
