using System.Diagnostics;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>No task waits behind another while a worker is idle.</summary>
[Collection(Lane.Clusters)]
public sealed class BalanceTests
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    [Fact]
    public async Task Submit_AnotherFunctionsLongTaskRuns_NeverWaitsBehindIt()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 2, StartTimeout = Bound });
        using var folder = new TestFolder();
        var gate = folder.PathOf("gate");
        var busy = cluster.Submit(BalanceFunctions.WaitFor, gate);

        // The long task ends only when all of these have: one that waits behind it would wait for ever.
        for (var i = 0; i < 50; i++) Assert.Equal(i, await cluster.Submit(BalanceFunctions.Same, i).ResultAsync(Bound));

        Assert.False(busy.IsDone);
        await File.WriteAllTextAsync(gate, "");
        Assert.True(await busy.ResultAsync(Bound));
    }

    [Fact]
    public async Task Map_OneLongTaskAmongShortOnes_AllOthersAreDoneBeforeIt()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 2, StartTimeout = Bound });
        using var folder = new TestFolder();
        var gate = folder.PathOf("gate");
        var seen = new List<int>();
        await foreach (var outcome in cluster.Map(task => BalanceFunctions.WaitIfFirst(task.gate, task.number), Enumerable.Range(0, 9).Select(number => (gate, number))).Unordered().WithOutcomes())
        {
            seen.Add(outcome.Result);
            if (seen.Count == 8) await File.WriteAllTextAsync(gate, "");
        }

        Assert.Equal(0, seen[^1]);
        Assert.Equal(Enumerable.Range(0, 9), seen.Order());
    }

    [Fact]
    public async Task Map_OneTaskHangsOnOneWorker_ACopyOfItEndsTheJob()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 2, StartTimeout = Bound });
        using var folder = new TestFolder();

        // Whoever runs task 3 first hangs, and ends only when it is told to.
        var seen = new List<MapOutcome<(string First, int Second), int>>();
        await foreach (var outcome in cluster.Map(task => BalanceFunctions.HangIfFirst(task.First, task.Second), Enumerable.Range(0, 20).Select(number => (First: folder.PathOf("first"), Second: number))).Unordered().WithOutcomes()) seen.Add(outcome);

        Assert.Equal(Enumerable.Range(0, 20), seen.Select(outcome => outcome.Result).Order());
        Assert.Equal(2, seen.Single(outcome => outcome.Number == 3).Run.Attempt);
    }
}

/// <summary>What these tests call on workers.</summary>
internal static class BalanceFunctions
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    public static int Same(int number) => number;

    public static int WaitIfFirst(string gate, int number)
    {
        if (number == 0) WaitFor(gate);
        else Work();
        return number;
    }

    public static int HangIfFirst(string mark, int number)
    {
        if (number != 3)
        {
            Work();
            return number;
        }

        try
        {
            using var file = new FileStream(mark, FileMode.CreateNew);
        }
        catch (IOException)
        {
            return number;
        }

        WaitFor(mark + ".never");
        return -1;
    }

    public static bool WaitFor(string gate)
    {
        Poll.UntilAsync("the gate", Bound, () => File.Exists(gate)).GetAwaiter().GetResult();
        return true;
    }

    /// <summary>Some work: tasks that are known to be tiny would travel together.</summary>
    private static void Work()
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds < 50)
        {
        }
    }
}
