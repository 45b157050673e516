using System.Diagnostics;
using System.Globalization;

namespace ActorCompute.Examples;

/// <summary>200 updates of something that bears three at a time. Python has a semaphore for it; here it is an option of the map.</summary>
internal static class BoundedUpdates
{
    public static async Task RunAsync(ComputeCluster cluster, TextWriter output, string[] arguments)
    {
        var seconds = Example.Number(arguments, 0, 0.01);
        var clock = Stopwatch.StartNew();
        var most = new Most();
        var updates = 0;
        // The bound holds over the whole cluster. A chunk of one: the three are spread over the workers, not sent together.
        var options = new MapOptions { MaxInFlight = 3, ChunkSize = 1, Progress = most };
        await foreach (var _ in cluster.Map(UpdateAsync, Enumerable.Repeat(seconds, 200), options).Unordered()) updates++;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{updates} updates, never more than {most.InFlight} at a time, in {clock.Elapsed.TotalSeconds:F2} s"));
    }

    public static async Task<bool> UpdateAsync(double seconds)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), TaskContext.Current.Cancellation);
        return true;
    }

    private sealed class Most : IProgress<JobProgress>
    {
        public int InFlight { get; private set; }

        public void Report(JobProgress progress) => InFlight = Math.Max(InFlight, progress.InFlight);
    }
}
