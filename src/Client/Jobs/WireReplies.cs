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
        chunk.Tasks.Capacity = send.Tasks.Count;
        foreach (var task in send.Tasks)
        {
            chunk.Tasks.Add(new TaskItem { Number = task.Number, Attempt = task.Attempt, Payload = UnsafeByteOperations.UnsafeWrap(task.Payload), Count = task.Count });
        }

        return chunk;
    }

    public static AttemptReply Read(TaskReply reply) => new(
        reply.Number,
        reply.Attempt,
        TimeSpan.FromTicks(Math.Max(0, reply.ElapsedTicks)),
        reply.OutcomeCase == TaskReply.OutcomeOneofCase.Result ? reply.Result.Memory : default,
        reply.OutcomeCase switch
        {
            TaskReply.OutcomeOneofCase.Result => null,
            TaskReply.OutcomeOneofCase.Error => ReadError(reply.Error),
            _ => new(FailureCause.Exception, "", "the worker answered with neither result nor error; it may be of another version."),
        },
        Math.Max(0, reply.Count),
        Math.Max(0, reply.Failed));

    /// <summary>Of a task of a pack.</summary>
    public static TaskFailure ReadError(ReadOnlySpan<byte> error) => ReadError(TaskError.Parser.ParseFrom(error));

    private static TaskFailure ReadError(TaskError error) => new(CauseOf(error.Kind), Cut(error.Type), Cut(error.Message))
    {
        Details = error.Details.Length == 0 ? null : Cut(error.Details, LongestDetails),
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
