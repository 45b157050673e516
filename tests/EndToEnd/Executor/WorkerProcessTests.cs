
namespace ActorCompute.EndToEnd.Executor;

/// <summary>The worker processes of a program's own cluster: begun, replaced, added, removed, ended.</summary>
[Collection(Lane.Clusters)]
public sealed class WorkerProcessTests : IDisposable
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Initializer_TwoWorkersManyTasks_RunsOnceInEachProcess()
    {
        await using var cluster = await StartAsync(new() { Workers = 2, Initializer = WorkerInitializer.Of(Functions.Initialize, (_folder.PathOf(""), "ready")) });
        var words = new HashSet<string>();
        var startedAt = TimeProvider.System.GetTimestamp();
        // On a busy machine one may have done all before the other has opened the job.
        while (words.Count < 2)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < Bound, $"only {string.Join(", ", words)} answered");
            words.UnionWith(await All(cluster.Map(Functions.Word, Enumerable.Range(0, 200), new() { ChunkSize = 1 })));
        }

        await cluster.Submit(Functions.Word, 1);
        Assert.All(words, word => Assert.StartsWith("ready ", word, StringComparison.Ordinal));
        Assert.Equal(cluster.Workers.Select(worker => $"{worker.ProcessId}-1").Order(), Directory.GetFiles(_folder.PathOf("")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Initializer_Throws_TheJobSaysSo()
    {
        await using var cluster = await StartAsync(new() { Workers = 1, Initializer = WorkerInitializer.Of(Functions.FailingInitializer) });
        var error = await cluster.Submit(Functions.Square, 3L).ExceptionAsync(Bound);
        Assert.Contains("the initializer Functions.FailingInitializer failed: InvalidOperationException: no table", Assert.IsType<ClusterUnavailableException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_FunctionThatIsAClass_IsMadeOfTheProgramItselfAndGetsItsParameters()
    {
        await using var cluster = await StartAsync(new() { Workers = 1 });
        Assert.Equal(14, await cluster.Submit(new Multiply().With(("factor", "2")).Invoke, 7L).ResultAsync(Bound));
        Assert.Equal([3L, 6, 9], await All(cluster.Map(new Multiply().With(("factor", "3")).Invoke, [1L, 2, 3])));
        Assert.Contains("the parameter factor is missing", Assert.Throws<InputException>(() => cluster.Submit(new Multiply().Invoke, 7L)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PluginFolderMissing_IsRefusedBeforeAnyProcessIsStarted()
    {
        var error = await Assert.ThrowsAsync<InputException>(() => StartAsync(new() { Plugins = [_folder.PathOf("nowhere")] }));
        Assert.Contains("is not there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MaxTasksPerWorker_ManyTasks_EachProcessRunsExactlySoMany()
    {
        await using var cluster = await StartAsync(new() { Workers = 1, MaxTasksPerWorker = 10 });
        var pids = await All(cluster.Map(Functions.ProcessId, Enumerable.Range(0, 35)));
        Assert.Equal([10, 10, 10, 5], pids.GroupBy(pid => pid).Select(process => process.Count()));
        Assert.Equal(pids.Order(), pids.GroupBy(pid => pid).SelectMany(process => process).Order());
    }

    /// <summary>They travel in packs, of which the last of a process's budget takes none.</summary>
    [Fact]
    public async Task MaxTasksPerWorker_TinyTasksInPacks_AllAreDone()
    {
        await using var cluster = await StartAsync(new() { Workers = 1, MaxTasksPerWorker = 3000 });
        var pids = await All(cluster.Map(Functions.ProcessId, Enumerable.Range(0, 20_000)));
        Assert.Equal(20_000, pids.Count);
        Assert.All(pids.GroupBy(pid => pid), process => Assert.True(process.Count() <= 3000));
    }

    [Fact]
    public async Task AddWorkersAndRemoveWorkerAsync_WhileAMapRuns_NothingIsLost()
    {
        await using var cluster = await StartAsync(new() { Workers = 1 });
        var first = cluster.Workers[0];
        var firstPid = first.ProcessId;
        LocalWorker? second = null;
        var pids = new List<int>();
        await foreach (var outcome in cluster.Map(Functions.Busy, Enumerable.Repeat(2, 3000)).Unordered().WithOutcomes())
        {
            Assert.True(outcome.IsSuccess, outcome.Failure?.Message);
            pids.Add(outcome.Result);
            if (pids.Count == 100) second = Assert.Single(cluster.AddWorkers(1));
            if (second is not null && !first.HasExited && pids[^1] == second.ProcessId) await cluster.RemoveWorkerAsync(first);
        }

        Assert.Equal(3000, pids.Count);
        Assert.Equal(new[] { firstPid, second!.ProcessId }.Order(), pids.Distinct().Order());
        Assert.Equal(second.ProcessId, pids[^1]);
        Assert.True(first.HasExited);
        Assert.False(ProcessTable.IsAlive(firstPid));
        Assert.NotNull(first.ExitCode);
        Assert.Equal([second], cluster.Workers);
        await Assert.ThrowsAsync<ArgumentException>(() => cluster.RemoveWorkerAsync(first));
    }

    [Fact]
    public async Task ShutdownAsync_Wait_WhatWasSubmittedIsDoneAndNoProcessIsLeft()
    {
        var cluster = await StartAsync(new() { Workers = 1 });
        var pids = cluster.Workers.Select(worker => worker.ProcessId).ToList();
        var futures = Enumerable.Range(0, 20).Select(_ => cluster.Submit(Functions.Busy, 20)).ToList();
        await cluster.ShutdownAsync().WaitAsync(Bound);
        Assert.All(futures, future => Assert.True(future is { IsDone: true, IsCancelled: false, IsFaulted: false }));
        Assert.All(pids, pid => Assert.False(ProcessTable.IsAlive(pid)));
        Assert.Contains("shut down", Assert.Throws<InvalidOperationException>(() => cluster.Submit(Functions.Busy, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShutdownAsync_CancelPending_WhatRunsIsDoneAndTheRestCancelled()
    {
        var cluster = await StartAsync(new() { Workers = 1 });
        var futures = Enumerable.Range(0, 50).Select(_ => cluster.Submit(Functions.Busy, 100)).ToList();
        await Poll.UntilAsync("the first runs", Bound, () => futures[0].IsRunning);
        await cluster.ShutdownAsync(PendingCalls.Cancel).WaitAsync(Bound);
        Assert.All(futures, future => Assert.True(future.IsDone && !future.IsFaulted));
        Assert.False(futures[0].IsCancelled);
        Assert.True(futures[^1].IsCancelled);
    }

    [Fact]
    public async Task ShutdownAsync_NotAwaited_ReturnsAtOnceAndTheRestIsDoneBehind()
    {
        var cluster = await StartAsync(new() { Workers = 1 });
        var future = cluster.Submit(Functions.Busy, 500);
        var ended = cluster.ShutdownAsync();
        Assert.False(future.IsDone || ended.IsCompleted);
        Assert.NotEqual(0, await future.ResultAsync(Bound));
        var pids = cluster.Workers.Select(worker => worker.ProcessId).ToList();
        await Poll.UntilAsync("the workers end", Bound, () => !pids.Any(ProcessTable.IsAlive));
        await ended.WaitAsync(Bound);
    }

    [Fact]
    public async Task DisposeAsync_CallsNotDone_AreCancelledAndSayWhy()
    {
        var cluster = await StartAsync(new() { Workers = 1 });
        var futures = Enumerable.Range(0, 5).Select(_ => cluster.Submit(Functions.SleepAsync, 600.0)).ToList();
        await Poll.UntilAsync("the first runs", Bound, () => futures[0].IsRunning);
        await cluster.DisposeAsync().AsTask().WaitAsync(Bound);
        foreach (var future in futures)
        {
            Assert.True(future.IsCancelled);
            Assert.Contains("the cluster was closed", (await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await future)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<ObjectDisposedException>(() => cluster.Submit(Functions.Square, 1L));
    }

    [Fact]
    public async Task RunningTask_ItsWorkerDies_RunsAgainAndTheResultIsTheSame()
    {
        await using var cluster = await StartAsync(new() { Workers = 1 });
        var future = cluster.Submit(Functions.UntilCancelled, _folder.PathOf("victim"), CancellationToken.None);
        await Poll.UntilAsync("it runs", Bound, () => File.Exists(_folder.PathOf("victim.begun")));
        var pid = cluster.Workers[0].ProcessId;
        File.Delete(_folder.PathOf("victim.begun"));
        RunningProgram.KillById(pid);
        await Poll.UntilAsync("it runs again, in another process", Bound, () => File.Exists(_folder.PathOf("victim.begun")));
        Assert.NotEqual(pid, cluster.Workers[0].ProcessId);
        Assert.False(future.IsDone);
        future.Cancel();
    }

    public void Dispose() => _folder.Dispose();

    private static Task<ComputeCluster> StartAsync(LocalClusterOptions options) => ComputeCluster.StartLocalAsync(options with { StartTimeout = Bound });

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items) list.Add(item);
        return list;
    }
}
