using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Worker.Node;
using Akka.Actor;

namespace ActorCompute.Worker.Tests.Node;

/// <summary>Tasks that must stop, and a node that must leave.</summary>
public sealed class NodeStoppingTests : NodeActorFixture
{
    private readonly ManualResetEventSlim _release = new();
    private readonly CountdownEvent _started = new(1);

    [Fact]
    public void Timeout_TaskHeedsItsToken_IsAnsweredAsTimedOutAndTheNodeGoesOn()
    {
        Work = new TestWork((task, context) =>
        {
            if (task[0] != '1') return task;
            Time.Advance(TimeSpan.FromSeconds(2));
            context.Cancellation.WaitHandle.WaitOne(Bound);
            context.Cancellation.ThrowIfCancellationRequested();
            return task;
        });
        var client = OpenedWithTimeout(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

        Node.Tell(NewChunk("job-1", 1, 1, 2), client.Ref);

        var replies = new List<BatchReply>();
        ChunkReplies message;
        do
        {
            message = NextReplies(client);
            replies.AddRange(message.Replies);
        }
        while (!message.Complete);
        Assert.Equal([(1L, BatchReply.OutcomeOneofCase.Error), (2L, BatchReply.OutcomeOneofCase.Result)], replies.Select(reply => (reply.First, reply.OutcomeCase)));
        Assert.Equal(TaskErrorKind.TimedOut, replies[0].Error.Kind);
        Assert.False(Lost.Task.IsCompleted);
    }

    [Fact]
    public async Task Timeout_TaskDoesNotStop_IsAnsweredItsNeighbourGivenBackAndTheProcessReplaced()
    {
        Work = new TestWork(HoldingTask1);
        var client = OpenedWithTimeout(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Node.Tell(NewChunk("job-1", 1, 1, 2), client.Ref);
        Assert.True(_started.Wait(Bound));

        // The node looks every 100 ms of real time; the clock of the tasks jumps.
        Time.Advance(TimeSpan.FromSeconds(1.5));
        var advancing = AdvanceUntilLost();

        var reply = Assert.Single(NextReplies(client).Replies);
        Assert.Equal((1L, TaskErrorKind.TimedOut), (reply.First, reply.Error.Kind));
        Assert.Contains("replaced", reply.Error.Message, StringComparison.Ordinal);
        Assert.Empty(client.FishForMessage<WorkerLeaving>(_ => true, Bound, "word that it leaves").Running);
        var end = await Lost.Task.WaitAsync(Bound);
        Assert.Equal((ExitCodes.Replaced, true), (end.ExitCode, end.IsHurried));
        await advancing;
        _release.Set();
    }

    [Fact]
    public async Task CloseJob_TaskDoesNotStop_TheProcessIsReplaced()
    {
        Work = new TestWork(HoldingTask1);
        var client = OpenedWithTimeout(null, TimeSpan.FromSeconds(1));
        Node.Tell(NewChunk("job-1", 1, 1), client.Ref);
        Assert.True(_started.Wait(Bound));

        Node.Tell(new CloseJob { Job = "job-1" }, client.Ref);
        var advancing = AdvanceUntilLost();

        Assert.Equal(ExitCodes.Replaced, (await Lost.Task.WaitAsync(Bound)).ExitCode);
        await advancing;
        _release.Set();
    }

    [Fact]
    public async Task StopNode_TaskRuns_WaitsForItAndGivesBackWhatWaits()
    {
        Work = new TestWork(HoldingTask1);
        var client = OpenedWithTimeout(null, TimeSpan.FromSeconds(1));
        Node.Tell(NewChunk("job-1", 1, 1), client.Ref);
        Assert.True(_started.Wait(Bound));
        Node.Tell(new StopNode("told to"), Node);

        Assert.Equal([1L], client.FishForMessage<WorkerLeaving>(_ => true, Bound, "word that it leaves").Running);
        Node.Tell(NewChunk("job-1", 2, 2), client.Ref);
        var given = NextReplies(client);
        Assert.Equal((2L, true, 0), (given.Sequence, given.Complete, given.Replies.Count));
        Assert.False(Lost.Task.IsCompleted);
        _release.Set();

        Assert.Equal((1L, true), (Assert.Single(NextReplies(client).Replies).First, true));
        var end = await Lost.Task.WaitAsync(Bound);
        Assert.Equal((ExitCodes.Success, false), (end.ExitCode, end.IsHurried));
    }

    [Fact]
    public async Task StopNode_TaskOutlastsTheDrain_EndsWithoutIt()
    {
        Work = new TestWork(HoldingTask1);
        var client = OpenedWithTimeout(null, TimeSpan.FromHours(1));
        Node.Tell(NewChunk("job-1", 1, 1), client.Ref);
        Assert.True(_started.Wait(Bound));
        Node.Tell(new StopNode("told to"), Node);
        client.FishForMessage<WorkerLeaving>(leaving => leaving.Running.Count == 1, Bound, "word that it leaves");
        var advancing = AdvanceUntilLost();

        client.FishForMessage<WorkerLeaving>(leaving => leaving.Running.Count == 0, Bound, "word that it leaves at once");
        var end = await Lost.Task.WaitAsync(Bound);
        Assert.Equal((ExitCodes.Success, true), (end.ExitCode, end.IsHurried));
        await advancing;
        _release.Set();
    }

    [Fact]
    public void DrainNode_WrongProof_ChangesNothing()
    {
        var client = OpenedBy("job-1");
        Node.Tell(new DrainNode { Proof = Google.Protobuf.ByteString.CopyFrom(new byte[32]) }, client.Ref);
        Node.Tell(NewChunk("job-1", 1, 5), client.Ref);
        Assert.Single(NextReplies(client).Replies);
        Assert.False(Lost.Task.IsCompleted);
    }

    protected override void Dispose(bool disposing)
    {
        _release.Set();
        base.Dispose(disposing);
    }

    private Akka.TestKit.TestProbe OpenedWithTimeout(TimeSpan? timeout, TimeSpan grace)
    {
        var client = CreateTestProbe();
        var open = Opening("job-1", "echo");
        (open.TimeoutTicks, open.GraceTicks) = (timeout?.Ticks ?? 0, grace.Ticks);
        Node.Tell(open, client.Ref);
        client.ExpectMsg<JobOpened>(Bound);
        return client;
    }

    private byte[] HoldingTask1(byte[] task, TaskContext context)
    {
        if (task[0] != '1') return task;
        _started.Signal();
        _release.Wait(Bound);
        return task;
    }

    /// <summary>Turns the clock a second at a time, until the node has seen enough of it.</summary>
    private async Task AdvanceUntilLost()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < 1000 && !Lost.Task.IsCompleted; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await timer.WaitForNextTickAsync();
        }
    }
}
