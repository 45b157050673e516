using System.Text;
using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Node;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace ActorCompute.Worker.Tests.Compute;

public sealed class ComputeActorTests : TestKit
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly IdleRoutees _idle = new();
    private readonly TestProbe _client;
    private readonly TestProbe _node;
    private readonly IActorRef _actor;

    public ComputeActorTests()
    {
        (_client, _node) = (CreateTestProbe("client"), CreateTestProbe("node"));
        _actor = Sys.ActorOf(Props.Create(() => new ComputeActor(_time, _idle)));
    }

    [Fact]
    public void ComputeChunk_TinyTasks_AreAnsweredInOneMessageFromTheNode()
    {
        var done = Run(new TestWork(), tasks: 3);

        var replies = NextReplies();
        Assert.Equal(("job-1", 5L, true), (replies.Job, replies.Sequence, replies.Complete));
        Assert.Equal([(0L, 1, "partial0"), (1L, 1, "partial1"), (2L, 1, "partial2")], replies.Replies.Select(reply => (reply.First, reply.Attempt, reply.Result.ToStringUtf8())));
        // The client knows the node, not this actor.
        Assert.Equal(_node.Ref, _client.LastSender);
        Assert.Equal(5, done.Sequence);
        _client.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void ComputeChunk_LongTasks_AreAnsweredAsTheyComplete()
    {
        var done = Run(new TestWork(Taking(TimeSpan.FromMilliseconds(25))), tasks: 3);

        Assert.Equal([(1, false), (1, false), (1, true)], Enumerable.Range(0, 3).Select(_ => NextReplies()).Select(replies => (replies.Replies.Count, replies.Complete)));
        Assert.Equal(TimeSpan.FromMilliseconds(75), done.Elapsed);
    }

    [Fact]
    public void ComputeChunk_ShortTasks_AreFlushedWithinTwentyMilliseconds()
    {
        Run(new TestWork(Taking(TimeSpan.FromMilliseconds(8))), tasks: 7);

        var messages = new List<ChunkReplies>();
        do messages.Add(NextReplies());
        while (!messages[^1].Complete);
        Assert.Equal([2, 2, 2, 1], messages.Select(replies => replies.Replies.Count));
        Assert.All(messages.SelectMany(replies => replies.Replies), reply => Assert.Equal(TimeSpan.FromMilliseconds(8).Ticks, reply.ElapsedTicks));
    }

    [Fact]
    public void ComputeChunk_NextTaskTakesLong_ResultsBeforeItDoNotWait()
    {
        using var end = new ManualResetEventSlim();
        var job = Open(new TestWork((task, _) =>
        {
            // The clock stands still but for this: what is due is due.
            _time.Advance(TimeSpan.FromMilliseconds(8));
            if (task is [(byte)'1']) Assert.True(end.Wait(Bound));
            return task;
        }));
        job.Received(NewChunk(3, 1));
        _actor.Tell(new ComputeChunk(job.Start(5), _node.Ref));

        var first = NextReplies();

        Assert.Equal(("partial0", false), (Assert.Single(first.Replies).Result.ToStringUtf8(), first.Complete));
        end.Set();
        var rest = NextReplies();
        if (!rest.Complete) rest.Replies.Add(NextReplies().Replies);
        Assert.Equal(["partial1", "partial2"], rest.Replies.Select(reply => reply.Result.ToStringUtf8()));
    }

    [Fact]
    public void ComputeChunk_LargeResults_AreNotPiledUp()
    {
        Run(new TestWork((_, _) => new byte[200_000]), tasks: 4);

        var messages = new List<ChunkReplies>();
        do messages.Add(NextReplies());
        while (!messages[^1].Complete);
        Assert.All(messages, message => Assert.InRange(message.CalculateSize(), 1, 500_000));
        Assert.Equal(4, messages.Sum(message => message.Replies.Count));
    }

    [Fact]
    public void ComputeChunk_ResultLargerThanAMessageMayBe_IsAnErrorAndNotLost()
    {
        Run(new TestWork((task, _) => task is [(byte)'0'] ? new byte[ReplyBatch.LargestMessage] : []), tasks: 2);

        var replies = new List<BatchReply>();
        ChunkReplies message;
        do replies.AddRange((message = NextReplies()).Replies);
        while (!message.Complete);
        Assert.Contains("bytes", replies[0].Error.Message, StringComparison.Ordinal);
        Assert.Equal("partial", replies[1].Result.ToStringUtf8());
    }

    [Fact]
    public void ComputeChunk_TaskThrows_IsAnErrorAndTheRestGoesOn()
    {
        Run(
            new TestWork((task, _) => task switch
            {
                [(byte)'0'] => throw new InvalidOperationException("broken"),
                [(byte)'1'] => throw new InputException("line 3 is wrong"),
                _ => task,
            }),
            tasks: 3);

        var replies = NextReplies().Replies;
        Assert.Equal((TaskErrorKind.Exception, "System.InvalidOperationException", "broken"), (replies[0].Error.Kind, replies[0].Error.Type, replies[0].Error.Message));
        Assert.Equal((TaskErrorKind.BadInput, "ActorCompute.InputException", "line 3 is wrong"), (replies[1].Error.Kind, replies[1].Error.Type, replies[1].Error.Message));
        Assert.Contains("System.InvalidOperationException: broken\n   at ", replies[0].Error.Details, StringComparison.Ordinal);
        Assert.Equal("partial2", replies[2].Result.ToStringUtf8());
    }

    [Fact]
    public void ComputeChunk_ErrorWithALongText_IsCut()
    {
        Run(new TestWork((_, _) => throw new InvalidOperationException(new('x', 20_000_000))), tasks: 1);
        Assert.Equal(4097, Assert.Single(NextReplies().Replies).Error.Message.Length);
    }

    [Fact]
    public void ComputeChunk_Context_NamesTaskAndAttempt()
    {
        TaskContext? seen = null;
        Run(new TestWork((task, context) =>
        {
            seen = context;
            return task;
        }), tasks: 1, attempt: 3);

        Assert.Equal((0L, 3, true), (seen!.Value.Number, seen.Value.Attempt, seen.Value.Cancellation.CanBeCanceled));
        Assert.Equal(3, Assert.Single(NextReplies().Replies).Attempt);
    }

    [Fact]
    public void ComputeChunk_JobClosedWhileATaskRuns_ItsEndIsNoOutcome()
    {
        OpenedJob? job = null;
        var work = new TestWork((_, context) =>
        {
            job!.Close();
            context.Cancellation.ThrowIfCancellationRequested();
            throw new InvalidOperationException("the token was not set");
        });
        job = Open(work);

        var done = Run(job, tasks: 3);

        var replies = NextReplies();
        Assert.True(replies.Complete);
        Assert.Empty(replies.Replies);
        Assert.Equal(1, work.Executed);
        Assert.Same(job, done.Job);
    }

    [Fact]
    public void ComputeChunk_TaskCancelledOnItsOwn_IsAnError()
    {
        Run(new TestWork((_, _) => throw new OperationCanceledException("its own time-out")), tasks: 1);
        Assert.Equal("its own time-out", Assert.Single(NextReplies().Replies).Error.Message);
    }

    [Fact]
    public void ComputeChunk_JobClosedBefore_RunsNothingAndFreesTheSlot()
    {
        var work = new TestWork();
        var job = Open(work);
        job.Received(NewChunk(1, 1));
        var run = job.Start(5);
        job.Close();

        _actor.Tell(new ComputeChunk(run, _node.Ref));

        Assert.True(NextReplies().Complete);
        _node.ExpectMsg<ChunkDone>(Bound);
        Assert.Equal(0, work.Executed);
    }

    [Fact]
    public void ComputeChunk_Empty_IsCompleteAtOnce()
    {
        Run(new TestWork(), tasks: 0);
        Assert.True(NextReplies().Complete);
    }

    private Func<byte[], TaskContext, byte[]> Taking(TimeSpan time) => (task, _) =>
    {
        _time.Advance(time);
        return task;
    };

    private ChunkReplies NextReplies() => _client.ExpectMsg<ChunkReplies>(Bound);

    private OpenedJob Open(TestWork work) => TestJobs.Open(work, _client.Ref, _time);

    private ChunkDone Run(TestWork work, int tasks, int attempt = 1) => Run(Open(work), tasks, attempt);

    private ChunkDone Run(OpenedJob job, int tasks, int attempt = 1)
    {
        var chunk = NewChunk(tasks, attempt);
        job.Received(chunk);
        _actor.Tell(new ComputeChunk(job.Start(chunk.Sequence), _node.Ref));
        return _node.ExpectMsg<ChunkDone>(Bound);
    }

    private static Chunk NewChunk(int tasks, int attempt)
    {
        var chunk = new Chunk { Job = "job-1", Sequence = 5 };
        for (var i = 0; i < tasks; i++) chunk.Batches.Add(new Batch { First = i, Count = 1, Attempt = attempt, Payload = ByteString.CopyFrom(Encoding.ASCII.GetBytes($"{i}")) });
        return chunk;
    }
}
