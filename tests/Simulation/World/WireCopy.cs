using ActorCompute.Client.Jobs;
using ActorCompute.Messages;
using Google.Protobuf;

namespace ActorCompute.Simulation.World;

/// <summary>Sends what travels most through the real contracts: encoded, and read again as the product reads it.</summary>
internal static class WireCopy
{
    public static SimMessage Of(SimMessage message) => message switch
    {
        ChunkMessage chunk => Of(chunk),
        RepliesMessage replies => Of(replies),
        ReportMessage report => Of(report),
        _ => message,
    };

    private static ChunkMessage Of(ChunkMessage chunk)
    {
        var sent = WireReplies.ToChunk(chunk.Job, new(new(new("any"), 1), chunk.Sequence, chunk.Batches) { IsAlone = chunk.IsAlone });
        var read = Chunk.Parser.ParseFrom(sent.ToByteArray());
        // What its giver wants back does not travel.
        return new(new(read.Job), read.Sequence, [.. read.Batches.Select(batch => new TaskBatch(batch.First, batch.Payload.Memory, null, batch.Count, batch.Attempt) { PartOf = batch.HasPartOf ? batch.PartOf : null })], read.Alone);
    }

    private static RepliesMessage Of(RepliesMessage replies)
    {
        var sent = new ChunkReplies { Job = replies.Job.Value, Sequence = replies.Sequence, Complete = replies.Complete, Unbegun = replies.Unbegun };
        foreach (var reply in replies.Replies)
        {
            var item = new BatchReply { First = reply.First, Attempt = reply.Attempt, ElapsedTicks = reply.Elapsed.Ticks, Count = reply.Count, Answered = reply.Answered, Failed = reply.Failed };
            if (reply.Error is { } error) item.Error = new() { Kind = KindOf(error.Cause), Message = error.Message };
            else item.Result = ByteString.CopyFrom(reply.Result.Span);
            item.Rest.AddRange(reply.Rest.Select(piece => ByteString.CopyFrom(piece.Span)));
            sent.Replies.Add(item);
        }

        var read = ChunkReplies.Parser.ParseFrom(sent.ToByteArray());
        return new(new(read.Job), read.Sequence, read.Complete, read.Unbegun, [.. read.Replies.Select(reply => WireReplies.Read(reply, splits: true))]);
    }

    private static ReportMessage Of(ReportMessage report)
    {
        var sent = new WorkReport { Job = report.Job.Value, LastSequence = report.LastSequence, Held = { report.Held } };
        var read = WorkReport.Parser.ParseFrom(sent.ToByteArray());
        return new(new(read.Job), read.LastSequence, [.. read.Held]);
    }

    private static TaskErrorKind KindOf(FailureCause cause) => cause switch
    {
        FailureCause.BadInput => TaskErrorKind.BadInput,
        FailureCause.TimedOut => TaskErrorKind.TimedOut,
        FailureCause.OutOfMemory => TaskErrorKind.OutOfMemory,
        _ => TaskErrorKind.Exception,
    };
}
