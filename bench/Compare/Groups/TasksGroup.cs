using System.Diagnostics;
using System.Globalization;
using ActorCompute.Compare.Peers;
using ActorCompute.Compare.Running;
using ActorCompute.Measuring;

namespace ActorCompute.Compare.Groups;

/// <summary>Tiny tasks on two worker processes that are there: what a task costs by itself. Each peer gets as many as take it about a second.</summary>
internal sealed class TasksGroup : IComparison
{
    public string Name => "tasks";

    public string Summary => "tiny tasks: submit and as-completed, unordered map, one submit → result; ProcessPoolExecutor, Pool, Dask";

    public async Task RunAsync(Arena arena, CancellationToken cancellation)
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(workers: 2, cancellation: cancellation).ConfigureAwait(false);
        await SubmitAsync(arena, cluster, cancellation).ConfigureAwait(false);
        await MapAsync(arena, cluster, cancellation).ConfigureAwait(false);
        await LatencyAsync(arena, cluster, cancellation).ConfigureAwait(false);
    }

    private async Task SubmitAsync(Arena arena, ComputeCluster cluster, CancellationToken cancellation)
    {
        using var peers = new PeerList();
        var (tasks, executor, dask) = (arena.Size(300_000, 5_000), arena.Size(15_000, 1_000), arena.Size(1_000, 100));
        await arena.RunAsync(
            new(Name, "submit and as-completed of single tiny tasks", "tasks/s", Better.More,
            [
                new($"Submit, AsCompleted ({Count(tasks)})", async token =>
                {
                    var startedAt = Stopwatch.GetTimestamp();
                    var futures = new ComputeFuture<long>[tasks];
                    for (var i = 0; i < tasks; i++) futures[i] = cluster.Submit(TinyTask.Square, (long)i);
                    var sum = 0L;
                    await foreach (var future in futures.AsCompleted(cancellation: token).ConfigureAwait(false)) sum += await future;
                    return Rate(startedAt, tasks, sum);
                })
                { WarmUps = 3 },
                await PythonPeer.StartAsync($"ProcessPoolExecutor ({Count(executor)})", peers, PythonModules.Standard, "executors.py", "submit", Text(executor)).ConfigureAwait(false),
                await PythonPeer.StartAsync($"Dask ({Count(dask)})", peers, PythonModules.Dask, "dask_tasks.py", "submit", Text(dask)).ConfigureAwait(false),
            ])
            { Goal = new(300_000) },
            cancellation).ConfigureAwait(false);
    }

    private async Task MapAsync(Arena arena, ComputeCluster cluster, CancellationToken cancellation)
    {
        using var peers = new PeerList();
        var tasks = arena.Size(3_000_000, 20_000);
        await arena.RunAsync(
            new(Name, $"unordered map of {Count(tasks)} tiny tasks, chunked", "tasks/s", Better.More,
            [
                new("Map, unordered", token => MapOnceAsync(null, token)) { WarmUps = 3 },
                new("Map, unordered, ChunkSize = 1000", token => MapOnceAsync(new() { ChunkSize = 1000 }, token)),
                await PythonPeer.StartAsync("Pool.imap_unordered, chunksize=1000", peers, PythonModules.Standard, "executors.py", "map", Text(tasks)).ConfigureAwait(false),
            ])
            { Goal = new(10_000_000) },
            cancellation).ConfigureAwait(false);

        async Task<double> MapOnceAsync(MapOptions? options, CancellationToken token)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var sum = 0L;
            await foreach (var outcome in cluster.Map(TinyTask.Square, Numbers(tasks), options, token).Unordered().WithOutcomes().ConfigureAwait(false)) sum += outcome.Result;
            return Rate(startedAt, tasks, sum);
        }
    }

    private async Task LatencyAsync(Arena arena, ComputeCluster cluster, CancellationToken cancellation)
    {
        using var peers = new PeerList();
        var (tasks, executor, dask) = (arena.Size(3_000, 100), arena.Size(1_000, 100), arena.Size(50, 10));
        await arena.RunAsync(
            new(Name, "one submit → result, median", "ms", Better.Less,
            [
                new($"await Submit ({Count(tasks)})", async token =>
                {
                    var taken = new List<double>(tasks);
                    for (var i = 0; i < tasks; i++)
                    {
                        var startedAt = Stopwatch.GetTimestamp();
                        await cluster.Submit(TinyTask.Square, (long)i);
                        taken.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
                        token.ThrowIfCancellationRequested();
                    }

                    taken.Sort();
                    return Measurement.Percentile(taken, 0.5);
                })
                { WarmUps = 2 },
                await PythonPeer.StartAsync($"ProcessPoolExecutor ({Count(executor)})", peers, PythonModules.Standard, "executors.py", "latency", Text(executor)).ConfigureAwait(false),
                await PythonPeer.StartAsync($"Dask ({Count(dask)})", peers, PythonModules.Dask, "dask_tasks.py", "latency", Text(dask)).ConfigureAwait(false),
            ])
            { Goal = new(0.13) },
            cancellation).ConfigureAwait(false);
    }

    private static double Rate(long startedAt, int tasks, long sum)
    {
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        var expected = TinyTask.SumBelow(tasks);
        return sum == expected ? tasks / elapsed.TotalSeconds : throw new InvalidOperationException($"the squares add up to {sum}, not {expected}: answers are missing or wrong.");
    }

    private static IEnumerable<long> Numbers(int count)
    {
        for (var i = 0L; i < count; i++) yield return i;
    }

    private static string Count(int tasks) => tasks.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(int tasks) => tasks.ToString(CultureInfo.InvariantCulture);
}
