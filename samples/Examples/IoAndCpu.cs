using System.Diagnostics;
using System.Globalization;

namespace ActorCompute.Examples;

/// <summary>
/// Tasks that wait need no thread and no core: a worker runs a thousand at a time. Tasks that compute need a core each, and
/// go one by one in a worker's slots. Which a function is, says what it returns: a task, or the value itself.
/// </summary>
internal static class IoAndCpu
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var seconds = Example.Number(arguments, 0, 0.5);
        var clock = Stopwatch.StartNew();
        await Enumerable.Repeat(seconds, 200).Select(wait => cluster.Submit(WaitAsync, wait)).WaitAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"200 tasks that wait {seconds} s: {clock.Elapsed.TotalSeconds:F2} s instead of {200 * seconds:F0} s"));

        clock.Restart();
        var sums = await Enumerable.Repeat(2_000_000, 20).Select(steps => cluster.Submit(Compute, steps)).WhenAll();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"20 tasks that compute: {clock.Elapsed.TotalSeconds:F2} s on {cluster.Workers.Count} slots; all the same: {sums.Distinct().Count() == 1}"));
    }

    public static async Task<bool> WaitAsync(double seconds)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), TaskContext.Current.Cancellation);
        return true;
    }

    public static double Compute(int steps) => Enumerable.Range(1, steps).Sum(step => 1.0 / step);
}
