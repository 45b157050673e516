using ActorCompute.Client.Attach;
using ActorCompute.Client.Jobs;
using ActorCompute.Messages;
using ActorCompute.Registry;
using Akka.Actor;
using Google.Protobuf;

namespace ActorCompute.Client.Tests.Jobs;

/// <summary>The job's actor when something is lost, refused, wrong or no longer wanted.</summary>
public sealed class JobActorFailureTests : JobActorFixture
{
    [Fact]
    public async Task JobRefused_ByAll_EndsWithTheReasons()
    {
        var run = TestKind.Run(3);
        var job = Start(run);
        var (a, b) = (NewNode("a"), NewNode("b"));
        var outcomes = All(run);
        Show(job, a, b);

        a.Refuse(job, "no such file");
        b.Refuse(job, "another version");

        var error = await Assert.ThrowsAsync<ClusterUnavailableException>(() => outcomes);
        Assert.Equal("no worker can run 'test-kind': no such file; another version", error.Message);
        a.Closed();
    }

    [Fact]
    public async Task JobRefused_ByOne_TheOthersDoTheWork()
    {
        var run = TestKind.Run(2);
        var job = Start(run);
        var (a, b) = (NewNode("a"), NewNode("b"));
        var outcomes = All(run);
        Show(job, a, b);
        a.Refuse(job, "no such file");
        b.Open(job, 2, 2);

        foreach (var chunk in b.NextChunks(2)) b.Succeed(job, chunk);

        Assert.Equal(2, (await outcomes).Count);
    }

    [Fact]
    public async Task WorkerEnded_TasksInFlight_AreSentToAnotherWorker()
    {
        var run = TestKind.Run(2);
        var job = Start(run);
        var (a, b) = (NewNode("a"), NewNode("b"));
        var outcomes = All(run);
        Open(job, 2, 2, a);
        _ = a.NextChunks(2);

        job.Tell(new WorkerEnded(a.Worker.Life, "exited with status 139"));
        Show(job, b);
        b.Open(job, 2, 2);

        foreach (var chunk in b.NextChunks(2))
        {
            Assert.Equal(2, Assert.Single(chunk.Batches).Attempt);
            b.Succeed(job, chunk);
        }

        Assert.All(await outcomes, outcome => Assert.Equal(("name-b", 2), (outcome.Run.Worker, outcome.Run.Attempt)));
    }

    [Fact]
    public void WorkersChanged_LaterLifeOfAWorker_GetsTheTasksOfTheOneBefore()
    {
        var job = Start(TestKind.Run(1));
        var (first, second) = (NewNode("a", 1), NewNode("a", 2));
        Open(job, 1, 2, first);
        _ = first.NextChunk();

        Open(job, 1, 2, second);

        Assert.Equal((0L, 2), (second.NextChunk().Batches[0].First, 2));
        // The one before gets no word: it is gone.
        job.Tell(new JobOpened { Job = "x", Slots = 1, Usable = 1, Window = 1 }, first.Probe.Ref);
        first.ExpectNoChunk();
    }

    [Fact]
    public void WorkersChanged_OpenWorkerMissingInTheView_KeepsItsTasks()
    {
        var job = Start(TestKind.Run(2));
        var (a, b) = (NewNode("a"), NewNode("b"));
        Open(job, 2, 2, a);
        _ = a.NextChunks(2);

        Open(job, 2, 2, b);

        b.ExpectNoChunk();
    }

    [Fact]
    public async Task WorkReport_ChunkNotHeldTwice_IsSentAgain()
    {
        var run = TestKind.Run(1);
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);
        var lost = node.NextChunk();
        var report = new WorkReport { Job = lost.Job, LastSequence = lost.Sequence };

        job.Tell(report, node.Probe.Ref);
        job.Tell(report, node.Probe.Ref);

        var again = node.NextChunk();
        Assert.Equal((lost.Sequence + 1, 2), (again.Sequence, Assert.Single(again.Batches).Attempt));
        node.Succeed(job, again);
        Assert.Single(await outcomes);
    }

    [Fact]
    public void Tick_WorkerSilentBeyondItsLease_ItsTasksGoElsewhereAndItIsAskedAgain()
    {
        var job = Start(TestKind.Run(1));
        var (a, b) = (NewNode("a"), NewNode("b"));
        Open(job, 1, 2, a);
        _ = a.NextChunk();

        Pass(job, TimeSpan.FromSeconds(6));
        Show(job, a, b);
        b.Open(job, 1, 2);

        Assert.Equal(2, Assert.Single(b.NextChunk().Batches).Attempt);
        // It may only have been cut off.
        a.Open(job, 1, 2);
    }

    [Fact]
    public async Task PeerDisconnected_NotHeardSince_ItsTasksGoElsewhereSooner()
    {
        var job = Start(TestKind.Run(1));
        var (a, b) = (NewNode("a"), NewNode("b"));
        Open(job, 1, 2, a);
        _ = a.NextChunk();

        job.Tell(new PeerDisconnected(a.Probe.Ref.Path.Address));
        await job.Ask<ActorIdentity>(new Identify(1), Waiting.Bound);
        Pass(job, TimeSpan.FromSeconds(4));
        Show(job, a, b);
        b.Open(job, 1, 2);

        Assert.Equal(2, Assert.Single(b.NextChunk().Batches).Attempt);
    }

    [Fact]
    public void Tick_ThisProcessStoodStill_NobodyIsLost()
    {
        var job = Start(TestKind.Run(1));
        var (a, b) = (NewNode("a"), NewNode("b"));
        Open(job, 1, 2, a);
        _ = a.NextChunk();

        Time.Advance(TimeSpan.FromMinutes(1));
        job.Tell(JobEvent.Tick.Instance);
        Show(job, a, b);
        b.Open(job, 1, 2);

        b.ExpectNoChunk();
    }

    [Fact]
    public async Task WorkersChanged_LaterIncarnationAsOftenAsAllowed_TheTaskFails()
    {
        var run = TestKind.Run(1, new() { MaxWorkerDeaths = 2 });
        var job = Start(run);
        var outcomes = All(run);
        for (var life = 1; life <= 2; life++)
        {
            var node = NewNode("a", life);
            Open(job, 1, 2, node);
            var chunk = node.NextChunk();
            if (!chunk.Alone) continue;
            job.Tell(new ChunkReady { Job = chunk.Job, Sequence = chunk.Sequence }, node.Probe.Ref);
            node.Probe.FishForMessage(message => message is BeginChunk, Waiting.Bound, "leave to begin");
        }

        // Each incarnation tells how the one before ended.
        Show(job, NewNode("a", 3));

        var failure = Assert.Single(await outcomes).Failure!;
        Assert.Equal(FailureCause.WorkerDied, failure.Cause);
        Assert.Contains("exited with status 139", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChunkReplies_Error_IsTheTasksOutcome()
    {
        var run = TestKind.Run(1);
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);
        var chunk = node.NextChunk();

        job.Tell(
            new ChunkReplies
            {
                Job = chunk.Job,
                Sequence = chunk.Sequence,
                Complete = true,
                Replies = { new BatchReply { First = 0, Count = 1, Attempt = 1, Error = new() { Type = "T", Message = "broken" } } },
            },
            node.Probe.Ref);

        Assert.Equal(new TaskFailure(FailureCause.Exception, "T", "broken"), Assert.Single(await outcomes).Failure);
        Assert.Equal((1L, 1L), (run.Progress.Done, run.Progress.Failed));
    }

    [Fact]
    public async Task ChunkReplies_FromAStrangerOrForAnotherJob_ChangeNothing()
    {
        var run = TestKind.Run(1);
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);
        var chunk = node.NextChunk();
        var forged = new ChunkReplies { Job = chunk.Job, Sequence = 1, Complete = true, Replies = { new BatchReply { First = 0, Count = 1, Answered = 1, Attempt = 1, Result = ByteString.CopyFromUtf8("forged") } } };

        job.Tell(forged, CreateTestProbe("stranger").Ref);
        var other = forged.Clone();
        other.Job = "job-of-another";
        job.Tell(other, node.Probe.Ref);
        node.Succeed(job, chunk);

        Assert.Equal("r0"u8.ToArray(), Assert.Single(await outcomes).Result.ToArray());
    }

    [Theory]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(uint.MaxValue, 1u)]
    public async Task JobOpened_AbsurdNumbers_AreBounded(uint slots, uint window)
    {
        var run = TestKind.Run(3);
        var job = Start(run);
        var (wild, tame) = (NewNode("a"), NewNode("b"));
        var outcomes = All(run);
        Open(job, slots, window, wild, tame);
        var chunks = new List<Chunk>();

        for (var round = 0; chunks.Count < 3; round++)
        {
            Assert.True(round < 50, $"only {chunks.Count} chunks came");
            foreach (var node in new[] { wild, tame })
            {
                foreach (var chunk in node.ReceiveUntilQuiet(TimeSpan.FromMilliseconds(100)).OfType<Chunk>())
                {
                    chunks.Add(chunk);
                    node.Succeed(job, chunk);
                }
            }
        }

        Assert.Equal(3, (await outcomes).Count);
    }

    [Fact]
    public async Task Cancel_SomeDone_TheRestEndAsCancelledAndWorkersAreTold()
    {
        var run = TestKind.Run(1000);
        var job = Start(run);
        var node = NewNode("a");
        Open(job, 1, 2, node);
        node.Succeed(job, node.NextChunk());
        _ = node.NextChunk();
        var outcomes = All(run);

        run.Cancel("enough");

        Assert.Equal([null, FailureCause.Cancelled], (await outcomes).Select(outcome => outcome.Failure?.Cause));
        node.Closed();
        Assert.Equal(1000, run.Progress.Total);
    }

    [Fact]
    public async Task Plan_Throws_OutcomesBeforeComeAndThenTheError()
    {
        var run = TestKind.Run(TestKind.Tasks(5).Select((task, index) => index < 2 ? task : throw new InputException("line 3 is wrong")), null);
        var job = Start(run);
        var node = NewNode("a");
        var seen = new List<long>();
        var reading = Task.Run(async () =>
        {
            await foreach (var outcome in run.ReadOutcomesAsync()) seen.Add(outcome.Number);
        });
        Open(job, 2, 2, node);
        foreach (var chunk in node.NextChunks(2)) node.Succeed(job, chunk);

        Assert.Equal("line 3 is wrong", (await Assert.ThrowsAsync<InputException>(() => Waiting.For(reading, "the plan's error"))).Message);
        Assert.Equal([0L, 1L], seen);
    }

    [Fact]
    public async Task ClientBroke_TheJobEndsWithThat()
    {
        var run = TestKind.Run(1);
        var job = Start(run);
        var outcomes = All(run);
        Watch(job);

        Assert.True(Life.Break("its actor 'attach' has ended"));
        Sys.EventStream.Publish(ClientBroke.Instance);

        Assert.Equal("this client cannot go on: its actor 'attach' has ended.", (await Assert.ThrowsAsync<ClusterUnavailableException>(() => outcomes)).Message);
        ExpectTerminated(job, Waiting.Bound);
        Assert.False(Life.Break("another"));
    }

    [Theory]
    [InlineData(true, typeof(OperationCanceledException))]
    [InlineData(false, typeof(ClusterUnavailableException))]
    public async Task Stopped_ByItsProgramOrAnother_TheReaderLearnsOfIt(bool isClosing, Type expected)
    {
        if (isClosing) Life.Close();
        var run = TestKind.Run(1);
        var job = Start(run);
        var outcomes = All(run);

        Sys.Stop(job);

        await Assert.ThrowsAsync(expected, () => outcomes);
    }

    [Fact]
    public async Task CallersCode_Throws_TheJobEndsWithThatAndIsNotBegunAgain()
    {
        var plans = 0;
        var broken = RetryPolicy.None with { MaxRetries = 1, ShouldRetry = _ => throw new InvalidOperationException("broken policy") };
        var run = TestKind.Run(Counted(), null, new() { Retry = broken });
        var job = Start(run);
        var outcomes = All(run);
        Watch(job);
        var node = NewNode("a");
        Open(job, 1, 1, node);
        var chunk = node.NextChunk();
        var replies = new ChunkReplies { Job = chunk.Job, Sequence = chunk.Sequence, Complete = true };
        replies.Replies.Add(new BatchReply { First = 0, Count = 1, Attempt = 1, Error = new() { Type = "T", Message = "m" } });

        job.Tell(replies, node.Probe.Ref);

        Assert.Equal("broken policy", (await Assert.ThrowsAsync<InvalidOperationException>(() => outcomes)).Message);
        ExpectTerminated(job, Waiting.Bound);
        Assert.Equal(1, plans);

        IEnumerable<ReadOnlyMemory<byte>> Counted()
        {
            Interlocked.Increment(ref plans);
            yield return default;
        }
    }
}
