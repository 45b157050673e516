using System.Diagnostics;
using System.Globalization;

namespace ActorCompute.Examples;

/// <summary>
/// Work that computes, by the threads of this process and by the processes of the cluster. .NET has no global interpreter
/// lock: on one machine threads are as good; processes go on over many machines, and a crash costs a worker only.
/// </summary>
internal static class Fibonacci
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var (from, to) = ((int)Example.Number(arguments, 0, 25), (int)Example.Number(arguments, 1, 39));
        var numbers = Enumerable.Range(from, to - from + 1).ToList();

        var clock = Stopwatch.StartNew();
        var byThreads = numbers.AsParallel().AsOrdered().WithDegreeOfParallelism(cluster.Workers.Count).Select(Of).ToList();
        var threads = clock.Elapsed;

        clock.Restart();
        var byProcesses = new List<long>();
        await foreach (var value in cluster.Map(Of, numbers)) byProcesses.Add(value);
        var processes = clock.Elapsed;

        foreach (var (number, value) in numbers.Zip(byProcesses)) output.WriteLine($"fib({number}) = {value}");
        output.WriteLine($"the same by threads: {byThreads.SequenceEqual(byProcesses)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cluster.Workers.Count} threads: {threads.TotalSeconds:F2} s, {cluster.Workers.Count} processes: {processes.TotalSeconds:F2} s"));
    }

    // On purpose the slow way: the work is the point.
    public static long Of(int number) => number < 2 ? number : Of(number - 1) + Of(number - 2);
}
