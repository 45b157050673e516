using ActorCompute.Messages;
using ActorCompute.Worker.Node;
using Akka.Actor;
using Akka.Remote;

namespace ActorCompute.Worker.Tests.Node;

/// <summary>The node towards clients.</summary>
public sealed class NodeActorTests : NodeActorFixture
{
    [Fact]
    public void OpenJob_RightProof_IsOpenedWithSlotsAndWindow()
    {
        var client = CreateTestProbe();
        Node.Tell(Opening("job-1", "echo"), client.Ref);
        Assert.Equal(new JobOpened { Job = "job-1", Slots = 2, Usable = 2, Window = 4, Packs = true }, client.ExpectMsg<JobOpened>(Bound));
    }

    [Fact]
    public void OpenJob_Twice_OpensTheWorkOnce()
    {
        var opened = 0;
        Work = new TestWork();
        var client = OpenedBy("job-1");
        var work = Work;
        Work = new TestWork((_, _) => throw new InvalidOperationException($"opened again: {++opened}"));

        Node.Tell(Opening("job-1", "echo"), client.Ref);
        client.FishForMessage<JobOpened>(_ => true, Bound);
        Node.Tell(NewChunk("job-1", 1, 0), client.Ref);

        Assert.Single(NextReplies(client).Replies);
        Assert.Equal((1, 0), (work.Executed, opened));
    }

    [Fact]
    public void OpenJob_WrongProof_IsRefused()
    {
        var client = CreateTestProbe();
        Node.Tell(Opening("job-1", "echo", ClusterSecret.Create()), client.Ref);
        Assert.Contains("secret", client.ExpectMsg<JobRefused>(Bound).Reason, StringComparison.Ordinal);

        // Nor with the proof of another job.
        var stolen = Opening("job-1", "echo");
        stolen.Job = "job-2";
        Node.Tell(stolen, client.Ref);
        client.ExpectMsg<JobRefused>(Bound);
    }

    [Theory]
    [InlineData("unknown", "no kind 'unknown'")]
    [InlineData("refusing", "no such file")]
    [InlineData("broken", "InvalidOperationException: cannot open")]
    public void OpenJob_KindCannotOpen_IsRefusedAndOtherJobsGoOn(string kind, string reason)
    {
        var other = OpenedBy("job-1");
        var client = CreateTestProbe();

        Node.Tell(Opening("job-2", kind), client.Ref);

        Assert.Contains(reason, client.ExpectMsg<JobRefused>(Bound).Reason, StringComparison.Ordinal);
        Node.Tell(NewChunk("job-1", 1, 7), other.Ref);
        Assert.Equal("partial7", Assert.Single(NextReplies(other).Replies).Result.ToStringUtf8());
    }

    [Fact]
    public void Chunk_OfAnOpenJob_IsAnsweredByTheNode()
    {
        var client = OpenedBy("job-1");
        Node.Tell(NewChunk("job-1", 1, 3, 4), client.Ref);

        var replies = NextReplies(client);

        Assert.Equal(("job-1", 1L, true), (replies.Job, replies.Sequence, replies.Complete));
        Assert.Equal([3L, 4L], replies.Replies.Select(reply => reply.First));
        Assert.Equal(Node, client.LastSender);
    }

    [Fact]
    public void Chunk_NotOpenOrFromAnother_IsNotRun()
    {
        var (client, other) = (OpenedBy("job-1"), CreateTestProbe());
        Node.Tell(NewChunk("job-1", 1, 3), other.Ref);
        Node.Tell(NewChunk("job-9", 1, 3), client.Ref);

        // The report says that nothing has come, so the client sends it elsewhere.
        Assert.Equal(new WorkReport { Job = "job-1" }, NextReport(client, _ => true));
        Assert.Equal(0, Work.Executed);
        other.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Chunk_SameNumberAgain_IsRunOnceAndTheNodeLivesOn()
    {
        var client = OpenedBy("job-1");
        var chunk = NewChunk("job-1", 1, 3);
        for (var i = 0; i < 5; i++) Node.Tell(chunk, client.Ref);
        Node.Tell(NewChunk("job-1", 2, 4), client.Ref);

        var last = client.FishForMessage<ChunkReplies>(replies => replies.Sequence == 2, Bound);

        Assert.Equal("partial4", Assert.Single(last.Replies).Result.ToStringUtf8());
        NextReport(client, report => report is { LastSequence: 2, Held.Count: 0 });
        Assert.Equal(2, Work.Executed);
    }

    [Fact]
    public void RecallChunk_NoSlotHasIt_ComesBackUnbegunAndIsNeverRun()
    {
        var gate = new SemaphoreSlim(0);
        Work = new TestWork((task, _) =>
        {
            Assert.True(gate.Wait(Bound));
            return task;
        });
        var client = OpenedBy("job-1");
        for (var i = 1; i <= 4; i++) Node.Tell(NewChunk("job-1", i, i), client.Ref);

        // One that runs is not given back, nor to a stranger.
        Node.Tell(new RecallChunk { Job = "job-1", Sequence = 1 }, client.Ref);
        Node.Tell(new RecallChunk { Job = "job-1", Sequence = 3 }, CreateTestProbe().Ref);
        Node.Tell(new RecallChunk { Job = "job-1", Sequence = 4 }, client.Ref);

        Assert.Equal(new ChunkReplies { Job = "job-1", Sequence = 4, Complete = true, Unbegun = true }, NextReplies(client));
        gate.Release(4);
        Assert.Equal([1L, 2L, 3L], Enumerable.Range(0, 3).Select(_ => NextReplies(client).Sequence).Order());
        NextReport(client, report => report is { LastSequence: 4, Held.Count: 0 });
        Assert.Equal(3, Work.Executed);
    }

    [Fact]
    public void Chunk_MoreThanSlots_RunsAsManyAtATime()
    {
        var (running, most, gate) = (0, 0, new SemaphoreSlim(0));
        Work = new TestWork((task, _) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Assert.True(gate.Wait(Bound));
            Interlocked.Decrement(ref running);
            return task;
        });
        var client = OpenedBy("job-1");
        for (var i = 1; i <= 6; i++) Node.Tell(NewChunk("job-1", i, i), client.Ref);

        NextReport(client, report => report.Held.Order().SequenceEqual([1, 2, 3, 4, 5, 6]));
        gate.Release(6);
        var answered = Enumerable.Range(0, 6).Select(_ => NextReplies(client).Sequence).ToList();

        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L], answered.Order());
        Assert.Equal(Slots, most);
    }

    [Fact]
    public async Task CloseJob_TaskRuns_ItIsCancelledAndTheWorkDisposedOnceItEnds()
    {
        var (started, cancelled, end) = (Completion(), Completion(), Completion());
        Work = new TestWork((task, context) =>
        {
            using var registration = context.Cancellation.Register(cancelled.SetResult);
            started.SetResult();
            end.Task.Wait();
            return task;
        });
        var client = OpenedBy("job-1");
        Node.Tell(NewChunk("job-1", 1, 1), client.Ref);
        await started.Task.WaitAsync(Bound);

        Node.Tell(new CloseJob { Job = "job-1" }, client.Ref);

        await cancelled.Task.WaitAsync(Bound);
        Assert.Equal(0, Work.Disposed);
        end.SetResult();
        await Work.DisposedOnce.Task.WaitAsync(Bound);
        Assert.Equal(1, Work.Disposed);
    }

    [Fact]
    public async Task CloseJob_FromAnother_ClosesNothing()
    {
        var (client, other) = (OpenedBy("job-1"), CreateTestProbe());
        Node.Tell(new CloseJob { Job = "job-1" }, other.Ref);
        await Node.Ask<ActorIdentity>(new Identify(1), Bound);
        Assert.Equal(0, Work.Disposed);

        Node.Tell(new CloseJob { Job = "job-1" }, client.Ref);
        await Work.DisposedOnce.Task.WaitAsync(Bound);
    }

    [Fact]
    public async Task ReportTick_ClientSilentBeyondItsLease_ItsJobsAreClosed()
    {
        OpenedBy("job-1");
        await PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(0, Work.Disposed);

        await PassAsync(TimeSpan.FromSeconds(1));

        await Work.DisposedOnce.Task.WaitAsync(Bound);
    }

    [Fact]
    public async Task RenewLease_FromTheClientAlone_KeepsTheJobOpen()
    {
        var (client, other) = (OpenedBy("job-1"), CreateTestProbe());
        await PassAsync(TimeSpan.FromSeconds(5));
        Node.Tell(new RenewLease { Job = "job-1" }, client.Ref);
        await Node.Ask<ActorIdentity>(new Identify(1), Bound);
        await PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(0, Work.Disposed);

        Node.Tell(new RenewLease { Job = "job-1" }, other.Ref);
        await PassAsync(TimeSpan.FromSeconds(2));

        await Work.DisposedOnce.Task.WaitAsync(Bound);
    }

    [Fact]
    public async Task DisassociatedEvent_ClientNotHeardSince_ItsJobsAreClosedSooner()
    {
        var client = OpenedBy("job-1");
        Sys.EventStream.Publish(new DisassociatedEvent(client.Ref.Path.Address, client.Ref.Path.Address, inbound: true));
        await Node.Ask<ActorIdentity>(new Identify(1), Bound);

        await PassAsync(TimeSpan.FromSeconds(4));

        await Work.DisposedOnce.Task.WaitAsync(Bound);
    }

    [Fact]
    public async Task ReportTick_ThisProcessStoodStill_JobsStayOpen()
    {
        OpenedBy("job-1");
        Time.Advance(TimeSpan.FromMinutes(1));
        Node.Tell(NodeActor.ReportTick.Instance);
        await Node.Ask<ActorIdentity>(new Identify(1), Bound);
        Assert.Equal(0, Work.Disposed);
    }

    [Fact]
    public void SplitTask_TaskThatRuns_IsSplitForItsClientAlone()
    {
        var (client, stranger) = (CreateTestProbe(), CreateTestProbe());
        Node.Tell(Opening("job-1", "splitting"), client.Ref);
        Assert.True(client.ExpectMsg<JobOpened>(Bound).Splits);
        Node.Tell(NewChunk("job-1", 1, 0), client.Ref);
        Assert.True(Splitting.Began.Wait(Bound), "the task did not begin");

        Node.Tell(new SplitTask { Job = "job-1", Number = 0, Attempt = 1, Pieces = 7 }, stranger.Ref);
        // More than are allowed: the most are.
        Node.Tell(new SplitTask { Job = "job-1", Number = 0, Attempt = 1, Pieces = uint.MaxValue }, client.Ref);

        Assert.Equal(TaskSplit.MaxPieces, Assert.Single(NextReplies(client).Replies).Rest.Count);
    }

    [Fact]
    public async Task Stop_OpenJobs_AreClosed()
    {
        OpenedBy("job-1");
        Sys.Stop(Node);
        await Work.DisposedOnce.Task.WaitAsync(Bound);
        Assert.Equal(1, Work.Disposed);
    }

    /// <summary>Lets time pass as the node sees it: second by second.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Node.Tell(NodeActor.ReportTick.Instance);
            await Node.Ask<ActorIdentity>(new Identify(1), Bound);
        }
    }

    private static TaskCompletionSource Completion() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
