using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Node;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Google.Protobuf;

namespace ActorCompute.Worker.Tests.Compute;

/// <summary>Running tasks that are asked for what is left of them.</summary>
public sealed class SplitTests : TestKit
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly SplitWork _work = new();
    private readonly TestProbe _client;
    private readonly TestProbe _node;
    private readonly IActorRef _actor;

    public SplitTests()
    {
        (_client, _node) = (CreateTestProbe("client"), CreateTestProbe("node"));
        _actor = Sys.ActorOf(Props.Create(() => new ComputeActor(TimeProvider.System, new IdleRoutees())));
    }

    [Fact]
    public void Split_TaskThatRuns_ItsReplyHasTheResultSoFarAndTheRest()
    {
        var job = Begin(_work);

        job.Split(7, 3, 4);

        var replies = _client.ExpectMsg<ChunkReplies>(Bound);
        var reply = Assert.Single(replies.Replies);
        Assert.Equal((7L, 3, "done", true), (reply.First, reply.Attempt, reply.Result.ToStringUtf8(), replies.Complete));
        Assert.Equal(["0", "1", "2", "3"], reply.Rest.Select(piece => piece.ToStringUtf8()));
    }

    [Theory]
    [InlineData(7, 2)]
    [InlineData(8, 3)]
    public void Split_OtherTaskOrTry_ChangesNothing(long number, int attempt)
    {
        var job = Begin(_work);
        job.Split(number, attempt, 4);
        _client.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        job.Cancel([7]);
        Assert.Empty(_client.ExpectMsg<ChunkReplies>(Bound).Replies);
    }

    [Fact]
    public void Split_AskedOfTheTaskBefore_TheNextIsNotSplit()
    {
        using var run = new ChunkRun(TestJobs.Open(_work), NewChunk(), new(null), TimeProvider.System);
        run.TryBegin(new() { First = 1, Count = 1, Attempt = 1 }, out _);
        run.Split(1, 1, 2);
        Assert.Equal(2, run.Pieces());
        run.End();
        run.Split(1, 1, 2);
        run.TryBegin(new() { First = 2, Count = 1, Attempt = 1 }, out _);
        Assert.Equal(0, run.Pieces());
    }

    [Fact]
    public void Split_RestTooLargeToTravel_IsAnErrorThatSaysWhatToDo()
    {
        var job = Begin(new SplitWork(restBytes: ReplyBatch.LargestMessage / 2));
        job.Split(7, 3, 2);
        Assert.Contains("Give back fewer", Assert.Single(_client.ExpectMsg<ChunkReplies>(Bound).Replies).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ComputeChunk_PieceOfATask_KnowsThatTasksNumber()
    {
        var chunk = NewChunk();
        (chunk.Batches[0].First, chunk.Batches[0].PartOf) = (1L << 62, 0);
        Begin(_work, chunk).Split(1L << 62, 3, 2);
        Assert.Equal(1L << 62, Assert.Single(_client.ExpectMsg<ChunkReplies>(Bound).Replies).First);
        Assert.Equal(0, _work.Context!.Value.Number);
    }

    private OpenedJob Begin(SplitWork work, Chunk? chunk = null)
    {
        var job = TestJobs.Open(work, _client.Ref);
        job.Received(chunk ?? NewChunk());
        _actor.Tell(new ComputeChunk(job.Start(5), _node.Ref));
        Assert.True(work.Began.Wait(Bound), "the task did not begin");
        return job;
    }

    private static Chunk NewChunk() => new() { Job = "job-1", Sequence = 5, Batches = { new Batch { First = 7, Count = 1, Attempt = 3, Payload = ByteString.CopyFromUtf8("7") } } };
}
