using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Node;
using Akka.Actor;

namespace ActorCompute.Worker.Tests.Node;

/// <summary>A node that has done its share of tasks leaves in order: nothing is lost, nothing runs beyond it.</summary>
public sealed class NodeLeavingTests : NodeActorFixture
{
    [Fact]
    public async Task Chunk_TasksBeyondTheBudget_AreGivenBackAndTheNodeEnds()
    {
        var node = NewNode(maxTasks: 2);
        var client = CreateTestProbe();
        node.Tell(Opening("job-1", "echo"), client.Ref);
        client.ExpectMsg<JobOpened>(Bound);

        node.Tell(NewChunk("job-1", 1, 0, 1, 2, 3), client.Ref);

        var answered = new List<long>();
        ChunkReplies replies;
        do answered.AddRange((replies = NextReplies(client)).Replies.Select(reply => reply.First));
        while (!replies.Complete);
        Assert.Equal([0L, 1L], answered);
        Assert.Equal(2, Work.Executed);
        var end = await Lost.Task.WaitAsync(Bound);
        Assert.Equal(ExitCodes.Replaced, end.ExitCode);
    }

    [Fact]
    public async Task Chunk_BudgetSpentWhileOthersRun_SaysWhatStillRunsAndEndsAfterIt()
    {
        using var go = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        Work = new TestWork((task, _) =>
        {
            if (task is not [(byte)'0']) return task;
            begun.Set();
            go.Wait(Bound);
            return task;
        });
        var node = NewNode(maxTasks: 2);
        var client = CreateTestProbe();
        node.Tell(Opening("job-1", "echo"), client.Ref);
        client.ExpectMsg<JobOpened>(Bound);
        node.Tell(NewChunk("job-1", 1, 0), client.Ref);
        // The other one's end is looked at, and the budget is spent only when both have begun.
        Assert.True(begun.Wait(Bound), "the first task did not begin");
        node.Tell(NewChunk("job-1", 2, 1), client.Ref);

        var leaving = client.FishForMessage<WorkerLeaving>(_ => true, Bound, "word that it leaves");
        Assert.Equal("job-1", leaving.Job);
        Assert.Equal([1L], leaving.Running);
        Assert.False(Lost.Task.IsCompleted);
        // Whoever opens now is not answered: the next incarnation will; a chunk that was on its way is given back.
        var late = CreateTestProbe();
        node.Tell(Opening("job-2", "echo"), late.Ref);
        node.Tell(NewChunk("job-1", 3, 7), client.Ref);
        var back = client.FishForMessage<ChunkReplies>(replies => replies.Sequence == 3, Bound, "the chunk that comes back");
        Assert.Equal((0, true), (back.Replies.Count, back.Complete));
        late.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        go.Set();

        Assert.Equal(0, Assert.Single(client.FishForMessage<ChunkReplies>(replies => replies.Sequence == 1, Bound, "the last answer").Replies).First);
        Assert.Equal(ExitCodes.Replaced, (await Lost.Task.WaitAsync(Bound)).ExitCode);
    }

    [Fact]
    public void CancelTasks_TaskThatRuns_SeesItsTokenAndTheSlotIsFreeAgain()
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var begun = new ManualResetEventSlim();
        Work = new TestWork((task, context) =>
        {
            if (task is not [(byte)'0']) return task;
            begun.Set();
            if (context.Cancellation.WaitHandle.WaitOne(Bound)) seen.SetResult();
            throw new OperationCanceledException();
        });
        var client = OpenedBy("job-1");
        Node.Tell(NewChunk("job-1", 1, 0, 1), client.Ref);
        Assert.True(begun.Wait(Bound));

        // Nobody else may cancel it.
        Node.Tell(new CancelTasks { Job = "job-1", Numbers = { 0 } }, CreateTestProbe().Ref);
        Assert.False(seen.Task.IsCompleted);
        Node.Tell(new CancelTasks { Job = "job-1", Numbers = { 0 } }, client.Ref);

        var replies = NextReplies(client);
        Assert.True(seen.Task.IsCompleted);
        Assert.Equal((1L, true), (Assert.Single(replies.Replies).First, replies.Complete));
    }

    private IActorRef NewNode(int maxTasks)
    {
        var identity = new NodeIdentity(Life, new() { Name = "name", Slots = Slots, MaxTasks = maxTasks }, [SystemConfig.EndpointOf(Sys)]);
        var kinds = new KindRegistry([new TestKind("echo", () => Work)]);
        return Sys.ActorOf(Props.Create(() => new NodeActor(identity, Secret, kinds, Lost, Time)));
    }
}
