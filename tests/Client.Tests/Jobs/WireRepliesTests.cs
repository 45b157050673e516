using ActorCompute.Client.Jobs;
using ActorCompute.Messages;
using Google.Protobuf;

namespace ActorCompute.Client.Tests.Jobs;

public sealed class WireRepliesTests
{
    [Fact]
    public void ToChunk_Send_CarriesEveryTask()
    {
        var chunk = WireReplies.ToChunk(new("job-1"), new LedgerInstruction.Send(new(new("w"), 1), 9, [new(5, "abc"u8.ToArray(), Attempt: 2), new(6, default, Count: 3, Attempt: 1)]));

        Assert.Equal(
            new Chunk
            {
                Job = "job-1",
                Sequence = 9,
                Batches = { new Batch { First = 5, Count = 1, Attempt = 2, Payload = ByteString.CopyFromUtf8("abc") }, new Batch { First = 6, Count = 3, Attempt = 1 } },
            },
            chunk);
    }

    [Fact]
    public void Read_Result_IsASuccess()
    {
        var reply = WireReplies.Read(new() { First = 5, Count = 1, Answered = 1, Attempt = 2, ElapsedTicks = 70, Result = ByteString.CopyFromUtf8("r") });

        Assert.Equal((5L, 2, 70L), (reply.First, reply.Attempt, reply.Elapsed.Ticks));
        Assert.Equal("r"u8.ToArray(), reply.Result.ToArray());
        Assert.Null(reply.Error);
    }

    [Fact]
    public void Read_EmptyResult_IsASuccessToo()
    {
        var reply = WireReplies.Read(new() { Count = 1, Answered = 1, Result = ByteString.Empty });
        Assert.Null(reply.Error);
        Assert.True(reply.Result.IsEmpty);
    }

    [Theory]
    [InlineData(TaskErrorKind.BadInput, FailureCause.BadInput)]
    [InlineData(TaskErrorKind.Exception, FailureCause.Exception)]
    [InlineData(TaskErrorKind.TimedOut, FailureCause.TimedOut)]
    [InlineData(TaskErrorKind.OutOfMemory, FailureCause.OutOfMemory)]
    [InlineData((TaskErrorKind)99, FailureCause.Exception)]
    public void Read_Error_HasItsCause(TaskErrorKind kind, FailureCause cause)
    {
        var reply = WireReplies.Read(new() { Error = new() { Kind = kind, Type = "T", Message = "m" } });
        Assert.Equal(new TaskFailure(cause, "T", "m"), reply.Error);
    }

    [Fact]
    public void Read_NeitherResultNorError_IsAnError() =>
        Assert.Equal(FailureCause.Exception, WireReplies.Read(new() { First = 1, Count = 1 }).Error!.Cause);

    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, 4)]
    [InlineData(0, 0)]
    [InlineData(-1, -1)]
    [InlineData(1, int.MinValue)]
    public void Read_ResultsOfNoTaskOrTooMany_IsAnError(int count, int answered) =>
        Assert.Equal(FailureCause.Exception, WireReplies.Read(new() { Count = count, Answered = answered, Result = ByteString.Empty }).Error!.Cause);

    [Fact]
    public void Read_PartOfABatch_SaysHowMany()
    {
        var reply = WireReplies.Read(new() { First = 4, Count = 3, Answered = 2, Failed = 9, Result = ByteString.CopyFromUtf8("r") });
        Assert.Equal((3, 2, 2), (reply.Count, reply.Answered, reply.Failed));
    }

    [Fact]
    public void Read_LongText_IsCut()
    {
        var error = WireReplies.Read(new() { Error = new() { Type = new('t', 5000), Message = new('m', 1_000_000) } }).Error!;
        Assert.Equal((4097, 4097), (error.Type.Length, error.Message.Length));
    }

    [Fact]
    public void Read_NegativeTime_IsNone() => Assert.Equal(TimeSpan.Zero, WireReplies.Read(new() { ElapsedTicks = long.MinValue, Result = ByteString.Empty }).Elapsed);
}
