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
        Sys.Stop(a.Probe.Ref);
        Open(job, 1, 1, b);
        b.Succeed(job, b.NextChunk());
        await outcomes;

        Assert.Contains(LogLines.Lines, line => line.Level == LogLevel.Warning && line.Text.Contains("lost worker name-a", StringComparison.Ordinal));
        Assert.Contains(LogLines.Lines, line => line.Level == LogLevel.Information && line.Text.Contains("1 tasks with an outcome, 0 of them failed, 1 attempts after a first", StringComparison.Ordinal));
    }
}
