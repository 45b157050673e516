using ActorCompute.Client.Jobs;
using ActorCompute.Registry;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace ActorCompute.Client.Tests.Jobs;

/// <summary>What a job tells the program's log.</summary>
public sealed class JobActorLogTests : JobActorFixture
{
    [Fact]
    public async Task Log_WorkerLostAndJobEnds_SaysBoth()
    {
        var run = TestKind.Run(1);
        var job = Start(run);
        var outcomes = All(run);
        var (a, b) = (NewNode("a"), NewNode("b"));
        Open(job, 1, 1, a);
        _ = a.NextChunk();
        job.Tell(new WorkerEnded(a.Worker.Life, "exited with status 139"));
        Open(job, 1, 1, b);
        b.Succeed(job, b.NextChunk());
        await outcomes;

        Assert.Contains(LogLines.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("lost worker name-a", StringComparison.Ordinal));
        Assert.Contains(LogLines.Lines, line => line.Level == LogLevel.Information && line.Text.Contains("1 tasks with an outcome, 0 of them failed, 1 attempts after a first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_LastWorkerLeavesForGood_SaysThatTheJobWaitsAndThatItGoesOn()
    {
        var run = TestKind.Run(1);
        var job = Start(run);
        var outcomes = All(run);
        var (a, b) = (NewNode("a"), NewNode("b"));
        Open(job, 1, 1, a);
        _ = a.NextChunk();
        job.Tell(new WorkerEnded(a.Worker.Life, "exited with status 139"));
        Show(job);
        await AwaitAssertAsync(() => Assert.Contains(LogLines.Lines, line => line.Text.Contains("lost worker", StringComparison.Ordinal)), Waiting.Bound);
        // The job looks twice a second, and must have seen that nobody is there before it can have been long.
        await AwaitAssertAsync(
            () =>
            {
                Time.Advance(WorkerAbsence.Patience);
                Assert.True(run.Progress.WaitsForWorkers);
            },
            Waiting.Bound);
        Assert.Contains(LogLines.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("has had no worker", StringComparison.Ordinal));

        Open(job, 1, 1, b);
        var chunk = b.NextChunk();
        await AwaitAssertAsync(() => Assert.False(run.Progress.WaitsForWorkers), Waiting.Bound);
        b.Succeed(job, chunk);
        Assert.Null(Assert.Single(await outcomes).Failure);
        Assert.Contains(LogLines.Lines, line => line.Text.Contains("1 workers are back", StringComparison.Ordinal));
    }
}
