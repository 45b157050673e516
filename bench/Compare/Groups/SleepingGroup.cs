using System.Diagnostics;
using ActorCompute.Compare.Running;
using ActorCompute.Kinds;
using ActorCompute.Measuring;

namespace ActorCompute.Compare.Groups;

/// <summary>Twenty workers whose thousand tasks at a time only wait: whether one client keeps them all busy, and what that costs it.</summary>
internal sealed class SleepingGroup : IComparison
{
    private const int Workers = 20;
    private const int TasksAtATime = 50;

    public string Name => "sleeping";

    public string Summary => "1,000 tasks that sleep at a time, over 20 workers, 100,000 in all: share of the ideal time, processor time of the client";

    public async Task RunAsync(Arena arena, CancellationToken cancellation)
    {
        var tasks = arena.Size(100_000, 4_000);
        await WaitingAsync(arena, tasks, cancellation).ConfigureAwait(false);
        await BlockingAsync(arena, tasks, cancellation).ConfigureAwait(false);
    }

    /// <summary>What a slot blocks with: a thread for each.</summary>
    public static double Block(double seconds)
    {
        TaskContext.Current.Cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(seconds));
        return seconds;
    }

    private async Task WaitingAsync(Arena arena, int tasks, CancellationToken cancellation)
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = Workers, IoLimit = TasksAtATime }, cancellation: cancellation).ConfigureAwait(false);
        await MeasureAsync(arena, "tasks that wait (kind sleep), 50 a worker", tasks, inputs => cluster.Map(BuiltInKinds.Sleep.Invoke, inputs, cancellation: cancellation).Unordered().WithOutcomes()).ConfigureAwait(false);
    }

    private async Task BlockingAsync(Arena arena, int tasks, CancellationToken cancellation)
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = Workers, Slots = TasksAtATime }, cancellation: cancellation).ConfigureAwait(false);
        await MeasureAsync(arena, "functions that block, 50 slots a worker", tasks, inputs => cluster.Map<double, double>(Block, inputs, cancellation: cancellation).Unordered().WithOutcomes()).ConfigureAwait(false);
    }

    private async Task MeasureAsync(Arena arena, string what, int tasks, Func<IEnumerable<double>, IAsyncEnumerable<MapOutcome<double, double>>> map)
    {
        const double seconds = 0.1;
        var ideal = tasks * seconds / (Workers * TasksAtATime);
        // A second or so to warm up; one measured run says enough, it is long.
        await RunAsync(Math.Min(tasks, 10_000)).ConfigureAwait(false);
        var (shares, cores) = (new List<double>(), new List<double>());
        for (var i = 0; i < Math.Min(arena.Options.Repeats, 3); i++)
        {
            var (elapsed, cpu) = await RunAsync(tasks).ConfigureAwait(false);
            shares.Add(ideal / elapsed);
            cores.Add(cpu / elapsed);
        }

        arena.Add(Name, $"{what}: ideal time / time taken", "", Better.More, "client library", shares, new(0.9));
        arena.Add(Name, $"{what}: processor time of the client", "cores", Better.Less, "client library", cores, new(1.0));

        async Task<(double Elapsed, double Cpu)> RunAsync(int count)
        {
            using var self = Process.GetCurrentProcess();
            var (startedAt, cpuBefore) = (Stopwatch.GetTimestamp(), self.TotalProcessorTime);
            var done = 0;
            await foreach (var outcome in map(Enumerable.Repeat(seconds, count)).ConfigureAwait(false)) done += outcome.Result > 0 ? 1 : 0;
            var elapsed = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
            if (done != count) throw new InvalidOperationException($"{done} answers to {count} tasks.");
            self.Refresh();
            return (elapsed, (self.TotalProcessorTime - cpuBefore).TotalSeconds);
        }
    }
}
