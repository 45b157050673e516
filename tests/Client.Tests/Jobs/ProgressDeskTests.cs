using System.Collections.Concurrent;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace ActorCompute.Client.Tests.Jobs;

/// <summary>Who is told of a job's progress may block or throw: the job goes on, and ends when the last was told.</summary>
public sealed class ProgressDeskTests : JobActorFixture
{
    [Fact]
    public async Task Progress_CallerBlocks_TheActorAnswersAndTheLastOfItIsToldBeforeTheEnd()
    {
        using var gate = new ManualResetEventSlim();
        var told = new ConcurrentQueue<JobProgress>();
        var run = TestKind.Run(3, new()
        {
            Progress = new Told(progress =>
        {
            gate.Wait();
            told.Enqueue(progress);
        })
        });
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);
        for (var i = 0; i < 3; i++)
        {
            node.Succeed(job, node.NextChunk());
            await job.Ask<ActorIdentity>(new Identify(1), Waiting.Bound);
        }

        Assert.False(outcomes.IsCompleted);
        gate.Set();
        Assert.Equal(3, (await outcomes).Count);
        Assert.Equal((3, 3L), (told.Last().Done, told.Last().Total));
    }

    [Fact]
    public async Task Progress_CallerThrows_IsLoggedOnceAndNothingElseChanges()
    {
        var calls = 0;
        var run = TestKind.Run(3, new()
        {
            Progress = new Told(_ =>
        {
            calls++;
            throw new InvalidOperationException("a bar that is broken");
        })
        });
        var job = Start(run);
        var node = NewNode("a");
        var outcomes = All(run);
        Open(job, 1, 2, node);
        for (var i = 0; i < 3; i++) node.Succeed(job, node.NextChunk());

        Assert.Equal(3, (await outcomes).Count);
        Assert.True(calls > 0);
        Assert.Single(LogLines.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("Progress", StringComparison.Ordinal));
    }

    private sealed class Told(Action<JobProgress> tell) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => tell(value);
    }
}
