using System.Runtime.CompilerServices;
using System.Text;
using ActorCompute.Client.Scatter;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Client.Tests.Jobs;

/// <summary>The job's actor when all goes well.</summary>
public sealed class JobActorTests : JobActorFixture
{
    [Fact]
    public void WorkersChanged_NewWorkers_AsksEachToOpenTheJobWithAProof()
    {
        var job = Start(TestKind.Run(1));
        var (a, b) = (NewNode("a"), NewNode("b"));

        Show(job, a, b);

        var open = a.AskedToOpen();
        Assert.Equal(("test-kind", KindVersion.Of(new TestKind()), "parameters"), (open.Kind, open.KindVersion, open.Parameters.ToStringUtf8()));
        Assert.True(Secret.Verify(ProofPurpose.OpenJob, open.Job, default, open.Proof.Span));
        Assert.Equal(open, b.AskedToOpen());
    }

    [Fact]
    public void WorkersChanged_JobWithNeeds_AsksOnlyWhoHasEnoughAndSaysWhatItNeedsAndWhoseItIs()
    {
        var needs = Resources.Of(("gpu", 1));
        var job = Start(TestKind.Run(1, new() { Needs = needs, Priority = 7 }));
        var (small, large) = (NewNode("a"), NewNode("b").With(Resources.Of(("gpu", 2))));
        Show(job, small, large);
        var open = large.AskedToOpen();
        Assert.Equal((Life.Id, 7, 1L), (open.Client, open.Priority, open.Needs.Single().Amount));
        small.Probe.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task WorkersChanged_NobodyHasEnough_EndsAtOnceAndNamesTheMost()
    {
        var run = TestKind.Run(1, new() { Needs = Resources.Of(("gpu", 4)) });
        var job = Start(run);
        Show(job, NewNode("a"), NewNode("b").With(Resources.Of(("gpu", 2))));
        var error = await Assert.ThrowsAsync<ClusterUnavailableException>(() => All(run));
        Assert.Equal("no worker can run 'test-kind': it needs gpu=4, and the most there is is gpu=2 (name-b on host-b)", error.Message);
    }

    [Fact]
    public async Task Job_HasEnded_ItsReferenceKeepsNothingOfIt()
    {
        // Akka.NET's caches keep references of actors that are gone, a thousand for each thread.
        var (job, stream) = StartAndEnd();
        await Poll.UntilAsync("nobody holds the job's results", Waiting.Bound, () =>
        {
            GC.Collect();
            return !stream.IsAlive;
        });
        GC.KeepAlive(job);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (IActorRef Job, WeakReference Stream) StartAndEnd()
    {
        var run = TestKind.Run(1);
        var job = Start(run);
        Watch(job);
        run.Cancel("enough");
        ExpectTerminated(job, Waiting.Bound);
        return (job, new(run.Stream));
    }

    [Theory]
    [InlineData(101)]
    [InlineData(-101)]
    public void Check_PriorityOutOfRange_IsBadInput(int priority) =>
        Assert.Equal($"the priority is {priority}; give -100 to 100.", Assert.Throws<InputException>(() => new JobOptions { Priority = priority }.Check()).Message);

    [Fact]
    public void WorkersChanged_NoAnswer_AsksAgain()
    {
        var job = Start(TestKind.Run(1));
        var node = NewNode("a");
        Show(job, node);

        Assert.Equal(node.AskedToOpen(), node.AskedToOpen());
    }

    [Fact]
    public async Task JobOpened_TasksAndAnswers_EachOutcomeOnceAndThenTheEnd()
    {
        var run = TestKind.Run(5);
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);

        for (var i = 0; i < 5; i++) node.Succeed(job, node.NextChunk());

        Assert.Equal([0L, 1L, 2L, 3L, 4L], (await outcomes).Select(outcome => outcome.Number));
        Assert.All(await outcomes, outcome =>
        {
            Assert.Equal($"r{outcome.Number}", Encoding.UTF8.GetString(outcome.Result.Span));
            Assert.Equal(("name-a", "host-a", 100, 1, TimeSpan.FromSeconds(1)), (outcome.Run.Worker, outcome.Run.Host, outcome.Run.ProcessId, outcome.Run.Attempt, outcome.Run.Elapsed));
        });
        node.Closed();
        Assert.Equal(new JobProgress(5, 0, 0, 5, 1), run.Progress);
    }

    [Fact]
    public void JobOpened_NothingMeasuredYet_SendsSingleTasksUpToTheSlotsThenToTheWindow()
    {
        var job = Start(TestKind.Run(100));
        var node = NewNode("a");

        Open(job, 2, 4, node);

        var chunks = node.NextChunks(2);
        node.ExpectNoChunk();
        // A short one: from now on the next is there when a slot comes free.
        node.Succeed(job, chunks[0], elapsedTicks: TimeSpan.TicksPerMillisecond * 20);
        chunks.AddRange(node.NextChunks(3));
        Assert.All(chunks, chunk => Assert.Single(chunk.Batches));
        Assert.Equal([1L, 2L, 3L, 4L, 5L], chunks.Select(chunk => chunk.Sequence));
        node.ExpectNoChunk();
    }

    [Fact]
    public void ChunkReplies_TinyTasks_LaterChunksAreLarge()
    {
        var run = TestKind.Run(100_000);
        var job = Start(run);
        var node = NewNode("a");
        Open(job, 1, 2, node);

        var largest = 0;
        for (var i = 0; i < 12; i++)
        {
            var chunk = node.NextChunk();
            largest = Math.Max(largest, chunk.Batches.Count);
            node.Succeed(job, chunk, elapsedTicks: 1);
        }

        Assert.InRange(largest, 256, ChunkSizer.MaximumTasks);
    }

    [Fact]
    public void ChunkReplies_LongTasks_NothingIsSentAhead()
    {
        var job = Start(TestKind.Run(100));
        var node = NewNode("a");
        Open(job, 1, 2, node);
        var first = node.NextChunk();
        node.ExpectNoChunk();

        node.Succeed(job, first);

        Assert.Single(node.NextChunk().Batches);
        node.ExpectNoChunk();
    }

    [Theory]
    [InlineData(10L)]
    [InlineData(null)]
    public async Task ChunkReplies_TasksOfATenthOfASecond_OneASlotIsSentAheadWhileManyAreLeft(long? count)
    {
        var drawn = new TaskCompletionSource();
        var job = Start(TestKind.Run(TestKind.Tasks(10).Concat(End(drawn)), count));
        var node = NewNode("a");
        await Waiting.For(drawn.Task, "the plan to be drawn");
        Open(job, 2, 4, node);
        var chunks = node.NextChunks(2);
        node.ExpectNoChunk();

        // Two for each slot, until no more are left than would fill the slots twice.
        node.Succeed(job, chunks[0], TimeSpan.TicksPerSecond / 10);
        chunks.AddRange(node.NextChunks(3));
        node.Succeed(job, chunks[1], TimeSpan.TicksPerSecond / 10);
        chunks.AddRange(node.NextChunks(1));
        node.Succeed(job, chunks[2], TimeSpan.TicksPerSecond / 10);
        node.Succeed(job, chunks[3], TimeSpan.TicksPerSecond / 10);
        node.ExpectNoChunk();

        // From there on what runs.
        node.Succeed(job, chunks[4], TimeSpan.TicksPerSecond / 10);
        node.NextChunk();
        node.ExpectNoChunk();

        static IEnumerable<ReadOnlyMemory<byte>> End(TaskCompletionSource drawn)
        {
            drawn.SetResult();
            yield break;
        }
    }

    [Fact]
    public void JobOpened_TwoWorkers_BothGetTasks()
    {
        var job = Start(TestKind.Run(4));
        var (a, b) = (NewNode("a"), NewNode("b"));

        Open(job, 2, 4, a, b);

        Assert.Equal([0L, 1L, 2L, 3L], a.NextChunks(2).Concat(b.NextChunks(2)).SelectMany(chunk => chunk.Batches).Select(task => task.First).Order());
    }

    [Fact]
    public async Task ReadOutcomesAsync_Ordered_GivesPlanOrderWhateverCompletesFirst()
    {
        var run = TestKind.Run(4, new() { Ordered = true });
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 4, 4, node);

        foreach (var chunk in Enumerable.Reverse(node.NextChunks(4))) node.Succeed(job, chunk);

        Assert.Equal([0L, 1L, 2L, 3L], (await outcomes).Select(outcome => outcome.Number));
    }

    [Fact]
    public void JobOpened_OrderedWithASmallWindow_DrawsNoFurtherThanIt()
    {
        var run = TestKind.Run(10, new() { Ordered = true, MaxOutstanding = 3 });
        var job = Start(run);
        var node = NewNode("a");
        Open(job, 8, 8, node);
        var chunks = node.NextChunks(3);

        node.Succeed(job, chunks[2]);
        node.Succeed(job, chunks[1]);
        node.ExpectNoChunk();
        Assert.Equal(2, run.Progress.Done);
    }

    [Fact]
    public async Task ReadOutcomesAsync_NobodyTakes_NoMoreThanMaxOutstandingAreDrawn()
    {
        var run = TestKind.Run(10, new() { MaxOutstanding = 3 });
        var job = Start(run);
        var node = NewNode("a");
        Open(job, 8, 8, node);

        foreach (var chunk in node.NextChunks(3)) node.Succeed(job, chunk);
        node.ExpectNoChunk();

        await using var outcomes = run.ReadOutcomesAsync().GetAsyncEnumerator();
        Assert.True(await Waiting.For(outcomes.MoveNextAsync().AsTask(), "an outcome"));
        Assert.Equal(3, Assert.Single(node.NextChunk().Batches).First);
        node.ExpectNoChunk();
    }

    [Fact]
    public async Task ReadOutcomesAsync_OneOutstanding_NeverStallsUntilTheNextTick()
    {
        const int tasks = 300;
        var run = TestKind.Run(tasks, new() { MaxOutstanding = 1 });
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);
        var startedAt = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < tasks; i++) node.Succeed(job, node.NextChunk(), elapsedTicks: 1);

        Assert.Equal(tasks, (await outcomes).Count);
        // A missed wake-up each time would take a tick of half a second for each task.
        Assert.InRange(TimeProvider.System.GetElapsedTime(startedAt), TimeSpan.Zero, TimeSpan.FromSeconds(tasks / 10));
    }

    [Fact]
    public async Task Start_EmptyPlan_EndsWithoutAnyWorker()
    {
        var run = TestKind.Run(0);
        Start(run);
        Assert.Empty(await All(run));
        Assert.Equal(0, run.Progress.Total);
    }

    [Fact]
    public async Task Start_PlanOfUnknownLength_ProgressKnowsTheTotalAtTheEnd()
    {
        var run = TestKind.Run(TestKind.Tasks(2), null);
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);
        node.Succeed(job, node.NextChunk());
        Assert.Null(run.Progress.Total);
        node.Succeed(job, node.NextChunk());

        Assert.Equal(2, (await outcomes).Count);
        Assert.Equal(2, run.Progress.Total);
    }
}
