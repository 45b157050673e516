using System.Diagnostics;
using ActorCompute.Compare.Running;

namespace ActorCompute.Compare.Groups;

/// <summary>Long tasks among short ones: whether a task waits for another while a worker is idle.</summary>
internal sealed class BalanceGroup : IComparison
{
    private const double HangSeconds = 60;

    public string Name => "balance";

    public string Summary => "calls beside another function's long task, short tasks beside a long one, a task that hangs on one worker: seconds";

    public async Task RunAsync(Arena arena, CancellationToken cancellation)
    {
        await CallsAsync(arena, cancellation).ConfigureAwait(false);
        await ShortOnesAsync(arena, cancellation).ConfigureAwait(false);
        await HangingAsync(arena, cancellation).ConfigureAwait(false);
    }

    /// <summary>As <see cref="SleepingGroup.Block"/>; another function, so another job.</summary>
    public static double Other(double seconds) => SleepingGroup.Block(seconds);

    /// <summary>Blocks for a second; the first to be asked for number 42 hangs.</summary>
    public static int HangOnce((string Mark, int Number) task)
    {
        var isFirst = false;
        if (task.Number == 42)
        {
            try
            {
                File.Open(task.Mark, FileMode.CreateNew).Dispose();
                isFirst = true;
            }
            catch (IOException)
            {
                // Another was first.
            }
        }

        SleepingGroup.Block(isFirst ? HangSeconds : 1);
        return task.Number;
    }

    private async Task CallsAsync(Arena arena, CancellationToken cancellation)
    {
        var worst = new List<double>();
        for (var round = 0; round < arena.Size(4, 1); round++)
        {
            await using var cluster = await ComputeCluster.StartLocalAsync(workers: 2, cancellation: cancellation).ConfigureAwait(false);
            // A first call opens the job; every one after it is measured.
            await cluster.Submit(Other, 0.0).ResultAsync(cancellation: cancellation).ConfigureAwait(false);
            var busy = cluster.Submit(SleepingGroup.Block, 9.0);
            for (var call = 0; call < 50; call++)
            {
                var startedAt = Stopwatch.GetTimestamp();
                await cluster.Submit(Other, 0.0).ResultAsync(cancellation: cancellation).ConfigureAwait(false);
                worst.Add(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
            }

            if (busy.IsDone) throw new InvalidOperationException("the long task ended before the calls.");
        }

        arena.Add(Name, "a call beside another function's task of 9 s, 2 workers: the slowest", "s", Better.Less, "client library", [worst.Max()], new(0.05));
    }

    private async Task ShortOnesAsync(Arena arena, CancellationToken cancellation)
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(workers: 2, cancellation: cancellation).ConfigureAwait(false);
        var values = new List<double>();
        for (var i = 0; i < Math.Min(arena.Options.Repeats, 3); i++)
        {
            var (startedAt, done, all) = (Stopwatch.GetTimestamp(), 0, 0.0);
            await foreach (var _ in cluster.Map<double, double>(SleepingGroup.Block, [12.0, .. Enumerable.Repeat(0.5, 8)], cancellation: cancellation).Unordered().WithOutcomes().ConfigureAwait(false))
            {
                if (++done == 8) all = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
            }

            values.Add(all);
        }

        arena.Add(Name, "8 tasks of 0.5 s beside one of 12 s, 2 workers: the eight", "s", Better.Less, "client library", values, new(4.2));
    }

    private async Task HangingAsync(Arena arena, CancellationToken cancellation)
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(workers: 20, cancellation: cancellation).ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var values = new List<double>();
            for (var i = 0; i < Math.Min(arena.Options.Repeats, 3); i++)
            {
                var (startedAt, done, mark) = (Stopwatch.GetTimestamp(), 0, Path.Combine(folder.FullName, $"{i}"));
                await foreach (var outcome in cluster.Map<(string, int), int>(HangOnce, Enumerable.Range(0, 100).Select(number => (mark, number)), cancellation: cancellation).Unordered().WithOutcomes().ConfigureAwait(false)) done += outcome.IsSuccess ? 1 : 0;
                if (done != 100) throw new InvalidOperationException($"{done} answers to 100 tasks.");
                values.Add(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
            }

            arena.Add(Name, "100 tasks of 1 s, one hangs for 60 s on one worker only, 20 workers", "s", Better.Less, "client library", values, new(9));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
