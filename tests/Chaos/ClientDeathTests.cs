using System.Globalization;
using ActorCompute.Chaos.History;
using ActorCompute.Chaos.Jobs;
using ActorCompute.Chaos.Support;
using Xunit.Abstractions;

namespace ActorCompute.Chaos;

/// <summary>The client is killed in the middle of a job with a journal, which another one then resumes.</summary>
[Collection(ProcessTests.Name)]
public sealed class ClientDeathTests(ITestOutputHelper output)
{
    private static readonly ChaosJob Job = new(ChaosForm.IsFull ? 1_000 : 250, TimeSpan.FromMilliseconds(20));

    [UnixFact]
    public async Task Job_ClientKilledAndResumed_GivesTheOutputOfAnUndisturbedRun()
    {
        await using var run = await ChaosRun.StartAsync(workers: 2);
        var journal = run.PathOf("journal");
        await using var first = run.Cluster.StartCli([.. Job.Command(run.Recorder.Folder), "--journal", journal]);
        await Poll.UntilAsync("half of the tasks to have finished", RunningProgram.Limit, () => run.Recorder.ReadWorkers().OfType<HistoryEvent.Finished>().Count() >= Job.Tasks / 2);
        first.Kill();
        var killedAt = HistoryRecorder.Now;
        await first.WaitAsync("the killed client");
        Assert.Equal(0, await run.FreeSlotsAsync(killedAt));
        var freeAt = HistoryRecorder.Now;
        run.Recorder.Add(new HistoryEvent.ClientEnded(freeAt));
        var safe = int.Parse(Assert.Single((await CommandLineProgram.RunAsync("jobs", journal)).AssertClean().Rows)["done"], CultureInfo.InvariantCulture);
        Assert.InRange(safe, 1, Job.Tasks - 1);

        var resumedAt = HistoryRecorder.Now;
        var result = (await run.Cluster.RunAsync("resume", journal)).AssertClean();

        foreach (var row in result.Rows)
        {
            var input = long.Parse(row["input"], CultureInfo.InvariantCulture);
            run.Recorder.Add(new HistoryEvent.Reported(HistoryRecorder.Now, input - 1, long.Parse(row["result"], CultureInfo.InvariantCulture)));
        }

        var figures = new ScenarioFigures("the client killed at half of the job and resumed", output) { WholeAgain = freeAt - killedAt, Recovered = HistoryRecorder.Now - resumedAt };
        await run.FinishAsync(figures, HistoryExpectation.Squares(Job.Tasks));
        // What was safe is not run again, and all else is.
        Assert.Equal(Job.Tasks - safe, run.Recorder.ReadWorkers().OfType<HistoryEvent.Started>().Count(begin => begin.At > resumedAt));
    }
}
