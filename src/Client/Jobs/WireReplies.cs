using ActorCompute.Messages;
using Google.Protobuf;

namespace ActorCompute.Client.Jobs;

/// <summary>Between the ledger's values and the wire's, without copying a payload.</summary>
internal static class WireReplies
{
    /// <summary>Errors are for people: longer texts are cut.</summary>
    private const int LongestText = 4096;
    private const int LongestDetails = 16_384;

    public static Chunk ToChunk(JobId job, LedgerInstruction.Send send)
    {
        var chunk = new Chunk { Job = job.Value, Sequence = send.Sequence, Alone = send.IsAlone };
        chunk.Batches.Capacity = send.Batches.Count;
        foreach (var batch in send.Batches)
        {
            var sent = new Batch { First = batch.First, Count = batch.Count, Attempt = batch.Attempt, Payload = UnsafeByteOperations.UnsafeWrap(batch.Payload) };
            if (batch.PartOf is { } whole) sent.PartOf = whole;
            chunk.Batches.Add(sent);
        }

        return chunk;
    }

    /// <param name="reply">What came.</param>
    /// <param name="large">The result that came before, for a reply that tells of one.</param>
    /// <param name="splits">Tasks of this job may be split.</param>
    public static AttemptReply Read(BatchReply reply, ReadOnlyMemory<byte>? large = null, bool splits = false)
    {
        var (result, error) = reply.OutcomeCase switch
        {
            BatchReply.OutcomeOneofCase.Result when reply.Answered >= 1 && reply.Answered <= reply.Count => (reply.Result.Memory, null),
            BatchReply.OutcomeOneofCase.Large when reply.Answered >= 1 && reply.Answered <= reply.Count => large is { } bytes
                ? (bytes, null)
                : (default, new TaskFailure(FailureCause.Exception, "", $"its result of {reply.Large.Length} bytes did not arrive whole.")),
            BatchReply.OutcomeOneofCase.Error => (default, ReadError(reply.Error)),
            _ => (default(ReadOnlyMemory<byte>), new TaskFailure(FailureCause.Exception, "", "the worker answered with neither results nor an error; it may be of another version.")),
        };
        if (error is null && reply.Rest.Count > 0 && (!splits || reply.Count != 1 || reply.Rest.Count > TaskSplit.MaxPieces))
        {
            (result, error) = (default, new(FailureCause.Exception, "", $"the worker answered with {reply.Rest.Count} pieces of the task, which nobody asked for; it may be of another version."));
        }

        var answered = error is null ? reply.Answered : 1;
        return new(reply.First, reply.Attempt, TimeSpan.FromTicks(Math.Max(0, reply.ElapsedTicks)), result, error, reply.Count, answered, Math.Clamp(reply.Failed, 0, answered))
        {
            Rest = error is null && reply.Rest.Count > 0 ? [.. reply.Rest.Select(piece => piece.Memory)] : [],
        };
    }

    /// <summary>Of a task of a pack.</summary>
    public static TaskFailure ReadError(ReadOnlySpan<byte> error) => ReadError(TaskError.Parser.ParseFrom(error));

    private static TaskFailure ReadError(TaskError error) => new(CauseOf(error.Kind), Cut(error.Type), Cut(error.Message))
    {
        Details = error.Details.Length == 0 ? null : Cut(error.Details, LongestDetails),
        Report = error.Report.IsEmpty ? default : error.Report.Memory,
    };

    private static FailureCause CauseOf(TaskErrorKind kind) => kind switch
    {
        TaskErrorKind.BadInput => FailureCause.BadInput,
        TaskErrorKind.TimedOut => FailureCause.TimedOut,
        TaskErrorKind.OutOfMemory => FailureCause.OutOfMemory,
        // Also what a later release may add.
        _ => FailureCause.Exception,
    };

    private static string Cut(string text, int most = LongestText) => text.Length <= most ? text : text[..most] + "…";
}
