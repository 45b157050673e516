using ActorCompute.Chaos.History;
using ActorCompute.Chaos.Jobs;
using ActorCompute.Chaos.Support;
using Xunit.Abstractions;

namespace ActorCompute.Chaos;

/// <summary>A job of many short tasks while its workers are killed one after the other.</summary>
[Collection(ProcessTests.Name)]
public sealed class KilledWorkersTests(ITestOutputHelper output)
{
    private const int Workers = 6;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // At full strength 333 tasks a second: some more than the time in which workers are killed.
    private static readonly ChaosJob Job = new(ChaosForm.IsFull ? 20_000 : 2_000, TimeSpan.FromMilliseconds(18));

    [UnixFact]
    public async Task Job_WorkersKilledAtRandom_EveryTaskIsReportedOnceAndRight()
    {
        var random = new Random(ChaosForm.Seed);
        await using var run = await ChaosRun.StartAsync(Workers);
        await run.BeginAsync(Job);
        await run.UntilReportedAsync(Workers);

        var kills = 0;
        var end = HistoryRecorder.Now + ChaosForm.Killing;
        for (var next = HistoryRecorder.Now; next < end; next += Interval)
        {
            await Poll.UntilAsync("the next kill", Interval * 2, () => run.HasEnded || HistoryRecorder.Now >= next);
            if (run.HasEnded) break;
            // One that is just being started again is passed over for the next.
            var first = random.Next(Workers);
            foreach (var worker in Enumerable.Range(first, Workers).Select(number => number % Workers))
            {
                if (run.NodeOf(worker) is not { } node) continue;
                run.Strikes(worker, node);
                RunningProgram.KillById(node);
                kills++;
                break;
            }
        }

        await run.UntilEndedAsync(TimeSpan.FromMinutes(3));
        var findings = await run.FinishAsync(new("six workers, one killed every 2 s", output), HistoryExpectation.Squares(Job.Tasks));
        Assert.True(kills >= (ChaosForm.IsFull ? 20 : 2), $"{kills} kills while the job ran");
        Assert.True(findings.Detected.Count > 0, "no lost worker was noticed");
    }
}
