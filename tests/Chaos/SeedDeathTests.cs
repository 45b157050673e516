using ActorCompute.Chaos.History;
using ActorCompute.Chaos.Jobs;
using ActorCompute.Chaos.Support;
using Xunit.Abstractions;

namespace ActorCompute.Chaos;

/// <summary>The seed is killed in the middle of a job, and started again.</summary>
[Collection(ProcessTests.Name)]
public sealed class SeedDeathTests(ITestOutputHelper output)
{
    private const int Workers = 2;

    private static readonly ChaosJob Job = new(ChaosForm.IsFull ? 1_000 : 250, TimeSpan.FromMilliseconds(20));

    [UnixFact]
    public async Task Job_SeedKilledAndStartedAgain_GoesOnAndTheWorkersRegisterAgain()
    {
        await using var run = await ChaosRun.StartAsync(Workers);
        await run.BeginAsync(Job);
        await run.UntilReportedAsync(Job.Tasks / 4);
        var killedAt = HistoryRecorder.Now;
        await run.Cluster.RestartSeedAsync();
        await Poll.UntilAsync($"all workers registered with the new seed ({ChaosForm.Sown})", RunningProgram.Limit, async () =>
            (await new ClusterAdmin(run.Cluster.Address, new() { Secret = TestCluster.Secret }).StatusAsync()).Workers.Count == Workers);
        var figures = new ScenarioFigures("the seed killed and started again", output) { WholeAgain = HistoryRecorder.Now - killedAt };

        await run.UntilEndedAsync();
        var findings = await run.FinishAsync(figures, HistoryExpectation.Squares(Job.Tasks));
        // The workers' processes went on, and no task was in the way.
        Assert.Equal((0, 0), (findings.StartedAgain, findings.RunTwice));
    }
}
