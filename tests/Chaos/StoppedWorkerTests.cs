using ActorCompute.Chaos.History;
using ActorCompute.Chaos.Jobs;
using ActorCompute.Chaos.Support;
using Xunit.Abstractions;

namespace ActorCompute.Chaos;

/// <summary>A worker that stands still for longer than its lease, and comes back.</summary>
[Collection(ProcessTests.Name)]
public sealed class StoppedWorkerTests(ITestOutputHelper output)
{
    // Alone, the other worker has work for longer than the first stands still.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly ChaosJob Job = new((int)((ChaosForm.Silence + TimeSpan.FromSeconds(2.5)) / Pause), Pause);

    // From when its lease may end to when it must have.
    private static readonly TimeSpan LeaseLimit = TimeSpan.FromSeconds(5 + 3);

    [UnixFact]
    public async Task Job_WorkerStopsAndContinues_ItsTasksRunElsewhereAndLateResultsAreDropped()
    {
        await using var run = await ChaosRun.StartAsync(workers: 2);
        await run.BeginAsync(Job);
        await run.UntilReportedAsync(10);
        var node = await StopInTheMiddleOfATaskAsync(run);
        var stoppedAt = run.Strikes(0, node);
        await Poll.UntilAsync("the time to stand still", ChaosForm.Silence * 2, () => HistoryRecorder.Now > stoppedAt + ChaosForm.Silence);
        Assert.False(run.HasEnded, "the job has ended before the worker could come back");
        Signal.Send(node, Signal.Continue);
        var continuedAt = HistoryRecorder.Now;

        await run.UntilEndedAsync();
        await run.UntilAllWorkAsync();
        var findings = await run.FinishAsync(new("a worker stands still and continues", output) { WholeAgain = HistoryRecorder.Now - continuedAt }, HistoryExpectation.Squares(Job.Tasks));
        Assert.True(findings.Detected.Single() < LeaseLimit, $"noticed after {findings.Detected[0].TotalSeconds:F1} s");
        Assert.True(findings.Recovered.Single() < LeaseLimit, $"recovered after {findings.Recovered[0].TotalSeconds:F1} s");
        Assert.True(findings.RunTwice >= 1, "the task that was stopped did not finish late");
    }

    /// <summary>The node itself says that it is in the middle of a task, which does not change while it stands still.</summary>
    private static async Task<int> StopInTheMiddleOfATaskAsync(ChaosRun run)
    {
        var node = run.NodeOf(0)!.Value;
        await Poll.UntilAsync("the worker to stand still in the middle of a task", RunningProgram.Limit, () =>
        {
            Signal.Send(node, Signal.Stop);
            if (run.Recorder.Unfinished(node) == 1) return true;
            Signal.Send(node, Signal.Continue);
            return false;
        });
        return node;
    }
}
