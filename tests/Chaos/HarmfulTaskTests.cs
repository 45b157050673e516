using ActorCompute.Chaos.History;
using ActorCompute.Chaos.Jobs;
using ActorCompute.Chaos.Support;
using Xunit.Abstractions;

namespace ActorCompute.Chaos;

/// <summary>One task of many that harms its worker: it alone fails.</summary>
[Collection(ProcessTests.Name)]
public sealed class HarmfulTaskTests(ITestOutputHelper output)
{
    private const int Harmful = 40;

    // A second to its time-out and one of grace; the rest is for a machine that is busy with something else.
    private static readonly TimeSpan SlotLimit = TimeSpan.FromSeconds(30);

    private static readonly ChaosJob Job = new(ChaosForm.IsFull ? 1_000 : 150, TimeSpan.FromMilliseconds(20));

    [UnixFact]
    public async Task Job_TaskKillsItsProcess_FailsAsPoisonAndTheRestIsRight()
    {
        await using var run = await ChaosRun.StartAsync(workers: 3);
        await run.BeginAsync(Job with { Kills = Harmful });
        await run.UntilEndedAsync();

        var began = Begin(run).Select(begin => begin.At).ToList();
        var reported = run.Recorder.Read().OfType<HistoryEvent.Reported>().Single(report => report.Task == Harmful);
        Assert.Equal(3, began.Count);
        var figures = new ScenarioFigures("a task kills its process", output) { Recovered = reported.At - began[0] };
        await run.FinishAsync(figures, HistoryExpectation.Squares(Job.Tasks) with { Failures = new Dictionary<long, FailureCause> { [Harmful] = FailureCause.WorkerDied } });
    }

    [UnixFact]
    public async Task Job_TaskNeverEnds_TimesOutFreesItsSlotAndTheRestIsRight()
    {
        await using var run = await ChaosRun.StartAsync(workers: 2);
        // Longer than the worker needs to be there again.
        var job = Job with { Tasks = 450 };
        await run.BeginAsync(job with { Hangs = Harmful }, new JobOptions { TaskTimeout = TimeSpan.FromSeconds(1), Grace = TimeSpan.FromSeconds(1) });
        await run.UntilEndedAsync();

        var begin = Assert.Single(Begin(run));
        var reported = run.Recorder.Read().OfType<HistoryEvent.Reported>().Single(report => report.Task == Harmful);
        // The worker's next process is the one whose first task came after the blow.
        var next = run.Recorder.ReadWorkers().GroupBy(Process).Select(process => process.Min(what => what.At)).Where(first => first > begin.At).ToList();
        var figures = new ScenarioFigures("an endless task, --timeout 1s --grace 1s", output) { Detected = reported.At - begin.At, WholeAgain = next.Count > 0 ? next[0] - begin.At : null };
        await run.FinishAsync(figures, HistoryExpectation.Squares(job.Tasks) with { Failures = new Dictionary<long, FailureCause> { [Harmful] = FailureCause.TimedOut } });
        Assert.False(ProcessTable.IsAlive(begin.ProcessId), "the process with the endless task lives");
        Assert.True(reported.At - begin.At < SlotLimit, $"reported after {(reported.At - begin.At).TotalSeconds:F1} s");
    }

    [UnixFact]
    public async Task Job_TaskOutgrowsTheMemoryLimit_IsTriedAloneOnceThenFailsAndTheRestIsRight()
    {
        await using var run = await ChaosRun.StartAsync(workers: 2, "--memory-limit", "300M");
        await run.BeginAsync(Job with { Grows = Harmful });
        await run.UntilEndedAsync();

        var began = Begin(run).ToList();
        var reported = run.Recorder.Read().OfType<HistoryEvent.Reported>().Single(report => report.Task == Harmful);
        Assert.Equal([1, 2], began.Select(begin => begin.Attempt));
        // The answer is a moment ahead of the end.
        await Poll.UntilAsync("the end of the processes that took too much memory", RunningProgram.Limit, () => !began.Exists(begin => ProcessTable.IsAlive(begin.ProcessId)));
        var figures = new ScenarioFigures("a task outgrows --memory-limit 300M, twice", output) { Recovered = reported.At - began[0].At };
        await run.FinishAsync(figures, HistoryExpectation.Squares(Job.Tasks) with { Failures = new Dictionary<long, FailureCause> { [Harmful] = FailureCause.OutOfMemory } });
    }

    private static int Process(HistoryEvent what) => what is HistoryEvent.Started begin ? begin.ProcessId : ((HistoryEvent.Finished)what).ProcessId;

    private static IEnumerable<HistoryEvent.Started> Begin(ChaosRun run) => run.Recorder.ReadWorkers().OfType<HistoryEvent.Started>().Where(begin => begin.Task == Harmful).OrderBy(begin => begin.At);
}
