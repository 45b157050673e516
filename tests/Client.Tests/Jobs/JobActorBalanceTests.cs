using ActorCompute.Client.Executor;
using ActorCompute.Client.Jobs;
using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Client.Tests.Jobs;

/// <summary>No task waits behind another while a worker is idle, whichever job either is of.</summary>
public sealed class JobActorBalanceTests : JobActorFixture
{
    [Fact]
    public async Task WorkerIsIdle_AChunkWaitsBehindALongOneElsewhere_IsRecalledAndSentThere()
    {
        var run = TestKind.Run(6);
        var job = Start(run);
        var (a, b) = (NewNode("a"), NewNode("b"));
        var outcomes = All(run);
        Open(job, 1, 2, a, b);
        var longOne = a.NextChunk();
        b.Succeed(job, b.NextChunk(), TimeSpan.TicksPerMillisecond);
        // Short ones have another sent behind them; so one goes behind the long one too.
        var behind = a.NextChunk();
        for (var i = 0; i < 3; i++) b.Succeed(job, b.NextChunk(), TimeSpan.TicksPerMillisecond);

        var recall = (RecallChunk)a.Probe.FishForMessage(message => message is RecallChunk, Waiting.Bound, "the recall");
        Assert.Equal(behind.Sequence, recall.Sequence);
        job.Tell(new ChunkReplies { Job = recall.Job, Sequence = recall.Sequence, Complete = true, Unbegun = true }, a.Probe.Ref);
        b.Succeed(job, b.NextChunk(), TimeSpan.TicksPerMillisecond);
        a.Succeed(job, longOne);

        Assert.Equal(6, (await outcomes).Count);
        Assert.All(await outcomes, outcome => Assert.Equal(1, outcome.Run.Attempt));
    }

    [Fact]
    public void Submit_AnotherJobsTaskRunsOnTheFirstWorker_GoesToTheIdleOne()
    {
        var (a, b) = (NewNode("a"), NewNode("b"));
        var first = StartSession(1, 2, [a, b]);
        Submit<long>(first.Session);
        var busy = Next(a, b);

        var second = StartSession(1, 2, [a, b]);
        Submit<long>(second.Session);

        Assert.NotEqual(busy.Node, Next(a, b).Node);
    }

    [Fact]
    public void JobOpened_ItsTaskWaitsBehindAnotherJobs_IsRecalledAndSentToTheIdleWorker()
    {
        var (a, b) = (NewNode("a"), NewNode("b"));
        var first = StartSession(1, 2, [a]);
        Submit<long>(first.Session);
        a.NextChunk();
        var second = StartSession(1, 2, [a]);
        Submit<long>(second.Session);
        var waiting = a.NextChunk();

        Show(second.Job, a, b);
        b.Open(second.Job, 1, 2);

        var recall = (RecallChunk)a.Probe.FishForMessage(message => message is RecallChunk, Waiting.Bound, "the recall");
        Assert.Equal((waiting.Job, waiting.Sequence), (recall.Job, recall.Sequence));
        second.Job.Tell(new ChunkReplies { Job = recall.Job, Sequence = recall.Sequence, Complete = true, Unbegun = true }, a.Probe.Ref);
        var again = b.NextChunk();
        Assert.Equal((waiting.Batches[0].First, 1), (again.Batches[0].First, again.Batches[0].Attempt));
    }

    [Fact]
    public void ChunkReplies_AnotherJobFreesAWorker_TheWaitingTaskIsRecalled()
    {
        var (a, b) = (NewNode("a"), NewNode("b"));
        var first = StartSession(1, 2, [a, b]);
        Submit<long>(first.Session);
        Submit<long>(first.Session);
        var (onA, onB) = (a.NextChunk(), b.NextChunk());
        var second = StartSession(1, 2, [a, b]);
        Submit<long>(second.Session);
        var (where, _) = Next(a, b);
        var other = where == a ? (Node: b, Chunk: onB) : (Node: a, Chunk: onA);

        other.Node.Succeed(first.Job, other.Chunk);

        where.Probe.FishForMessage(message => message is RecallChunk, Waiting.Bound, "the recall");
    }
}
