using ActorCompute.Kinds;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>One long task beside idle slots is shared among them while it runs.</summary>
[Collection(Lane.Clusters)]
public sealed class SplitTests
{
    [Fact]
    public async Task Start_OneLongTaskAndIdleWorkers_IsSplitAndItsResultIsExact()
    {
        var log = new LogLines();
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 3, StartTimeout = RunningProgram.Limit, Logger = log });
        var values = new ParameterValues();
        values.Add("from", "0");
        values.Add("to", "1e10");
        var job = ((IJobKind)BuiltInKinds.PrimesCount).Prepare(values);
        // Some seconds of work for one slot.
        byte[] all = [.. BitConverter.GetBytes(0UL), .. BitConverter.GetBytes(10_000_000_000UL)];

        var outcomes = new List<TaskOutcome>();
        await using var run = cluster.Start(job, new JobPlan<ReadOnlyMemory<byte>>([all], 1));
        await foreach (var outcome in run.ReadOutcomesAsync()) outcomes.Add(outcome);

        var only = Assert.Single(outcomes);
        Assert.Null(only.Failure);
        Assert.Equal(455_052_511UL, BitConverter.ToUInt64(only.Result.Span));
        Assert.Contains(log.Lines, line => line.Contains("task 0 was split", StringComparison.Ordinal));
        Assert.Equal((1L, 1L), (run.Progress.Done, run.Progress.Total));
    }
}
