using System.Diagnostics;
using System.Globalization;
using ActorCompute.Measuring;

namespace ActorCompute.Scale;

/// <summary>A check of the simulation: real worker processes whose tasks only sleep, and what they take of this process, the client.</summary>
internal static class RealWorkers
{
    private const double Seconds = 0.1;

    /// <summary>What a worker runs.</summary>
    public static double Sleep(double seconds)
    {
        TaskContext.Current.Cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(seconds));
        return seconds;
    }

    /// <summary>Runs the tasks some times and writes the processor time that this process takes for each of them.</summary>
    public static async Task RunAsync(IReadOnlyList<int> workers, int slots, int tasks, int repeats, CancellationToken cancellation)
    {
        Console.Out.WriteLine($"scale real: {Surroundings.Look()}");
        Console.Out.WriteLine($"{"workers",7} {"tasks",7} {"µs/task: median",16} {"least",8} {"most",8} {"tasks/s",8} {"of ideal",8}");
        foreach (var count in workers)
        {
            await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = count, Slots = slots }, cancellation: cancellation).ConfigureAwait(false);
            await MapAsync(cluster, 10 * count * slots, cancellation).ConfigureAwait(false);
            var (processor, elapsed) = (new List<double>(), new List<double>());
            for (var i = 0; i < repeats; i++)
            {
                var (before, startedAt) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
                await MapAsync(cluster, tasks, cancellation).ConfigureAwait(false);
                elapsed.Add(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
                processor.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / tasks);
            }

            var took = new Measurement("", "µs", processor);
            var rate = tasks / new Measurement("", "s", elapsed).Median;
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,7} {tasks,7} {took.Median,16:F1} {took.Least,8:F1} {took.Most,8:F1} {rate,8:F0} {rate * Seconds / (count * slots),8:P0}"));
        }
    }

    private static async Task MapAsync(ComputeCluster cluster, int tasks, CancellationToken cancellation)
    {
        var done = 0;
        await foreach (var outcome in cluster.Map<double, double>(Sleep, Enumerable.Repeat(Seconds, tasks), cancellation: cancellation).Unordered().WithOutcomes().ConfigureAwait(false)) done += outcome.Result > 0 ? 1 : 0;
        if (done != tasks) throw new InvalidOperationException($"{done} answers to {tasks} tasks.");
    }
}
