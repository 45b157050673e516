using ActorCompute.Client.Executor;
using ActorCompute.Client.Jobs;
using ActorCompute.Messages;
using Akka.Actor;
using Google.Protobuf;

namespace ActorCompute.Client.Tests.Jobs;

/// <summary>The job's actor as the executor uses it: retries, a bound on what is in flight, single tasks cancelled, workers that leave.</summary>
public sealed class JobActorExecutorTests : JobActorFixture
{
    [Fact]
    public async Task ChunkReplies_ExceptionWithRetries_SendsItAgainWhenThePauseIsOver()
    {
        var run = TestKind.Run(1, new() { Retry = new() { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(20) } });
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);
        Fail(job, node, node.NextChunk());
        // The timer comes by the real clock and finds that by the job's own nothing is due: it must be set again.
        node.ExpectNoChunk();

        Time.Advance(TimeSpan.FromMilliseconds(20));

        var again = node.NextChunk();
        Assert.Equal(2, Assert.Single(again.Batches).Attempt);
        node.Succeed(job, again);
        Assert.Null(Assert.Single(await outcomes).Failure);
    }

    [Fact]
    public async Task JobOpened_MaxInFlight_NoMoreTasksAreOutThanThat()
    {
        var run = TestKind.Run(7, new() { MaxInFlight = 3 });
        var job = Start(run);
        var (a, b) = (NewNode("a"), NewNode("b"));
        var outcomes = All(run);
        Open(job, 4, 8, a);
        var first = a.NextChunks(3);
        Show(job, a, b);
        b.Open(job, 4, 8);
        a.ExpectNoChunk();
        b.ExpectNoChunk();

        // Each answer makes room for one more, on whichever worker has less to do.
        var waiting = new Queue<(Node Node, Chunk Chunk)>(first.Select(chunk => (a, chunk)));
        for (var sent = 3; sent < 7; sent++)
        {
            var (node, chunk) = waiting.Dequeue();
            node.Succeed(job, chunk);
            var next = Next(a, b);
            Assert.Single(next.Chunk.Batches);
            waiting.Enqueue(next);
            Assert.Equal(3, waiting.Count);
        }

        a.ExpectNoChunk();
        b.ExpectNoChunk();
        foreach (var (node, chunk) in waiting) node.Succeed(job, chunk);
        Assert.Equal(7, (await outcomes).Count);
    }

    [Fact]
    public void Submit_CancelInFlight_TellsTheWorkerAndFreesTheBound()
    {
        var (session, job, node) = StartSession(slots: 1, window: 1);
        var future = Submit<long>(session);
        var chunk = node.NextChunk();
        Assert.True(future.IsRunning);

        future.Cancel();

        var cancel = (CancelTasks)node.Probe.FishForMessage(message => message is CancelTasks, Waiting.Bound, "word of the cancelling");
        Assert.Equal((chunk.Job, chunk.Batches[0].First), (cancel.Job, Assert.Single(cancel.Numbers)));
        // The worker is through with the chunk, and has nothing to say.
        job.Tell(new ChunkReplies { Job = chunk.Job, Sequence = chunk.Sequence, Complete = true }, node.Probe.Ref);
        Submit<long>(session);
        Assert.Equal(1, node.NextChunk().Batches[0].First);
    }

    [Fact]
    public async Task Submit_CancelledBeforeAWorkerHasRoom_IsNeverSent()
    {
        var (session, job, node) = StartSession(slots: 1, window: 1);
        var futures = Enumerable.Range(0, 10).Select(_ => Submit<long>(session)).ToList();
        var first = node.NextChunk();

        foreach (var future in futures[1..9]) Assert.True(future.Cancel());
        node.Succeed(job, first);

        var next = node.NextChunk();
        Assert.Equal(9, Assert.Single(next.Batches).First);
        node.Answer(job, next, "5");
        Assert.Equal(5, await Waiting.For(futures[9].AsTask(), "the last"));
    }

    [Fact]
    public void WorkerLeaving_ChunksNotBegun_GoToAnotherAtOnce()
    {
        var job = Start(TestKind.Run(3));
        var (a, b) = (NewNode("a"), NewNode("b"));
        Open(job, 3, 3, a);
        var chunks = a.NextChunks(3);

        job.Tell(new WorkerLeaving { Job = chunks[0].Job, Reason = "it is told to", Running = { chunks[0].Sequence } }, a.Probe.Ref);
        Show(job, a, b);
        b.Open(job, 3, 3);

        Assert.Equal([1L, 2L], b.NextChunks(2).SelectMany(chunk => chunk.Batches).Select(task => task.First));
        a.ExpectNoChunk();
    }

    [Fact]
    public void JobOpened_GivenChunkSize_EachChunkHasIt()
    {
        var job = Start(TestKind.Run(10, new() { ChunkSize = 4 }));
        var node = NewNode("a");
        Open(job, 4, 8, node);
        Assert.Equal([4, 4, 2], node.NextChunks(3).Select(chunk => chunk.Batches.Count));
    }

    private static void Fail(IActorRef job, Node node, Chunk chunk)
    {
        var replies = new ChunkReplies { Job = chunk.Job, Sequence = chunk.Sequence, Complete = true };
        replies.Replies.AddRange(chunk.Batches.Select(task => new BatchReply { First = task.First, Count = 1, Attempt = task.Attempt, Error = new() { Type = "T", Message = "broken" } }));
        job.Tell(replies, node.Probe.Ref);
    }
}
