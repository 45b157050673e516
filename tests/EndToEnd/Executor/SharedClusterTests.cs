using System.Diagnostics;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>Functions of programs on a cluster that is there: several clients at a time, and workers that may lack the program.</summary>
[Collection(Lane.Clusters)]
public sealed class SharedClusterTests
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    [Fact]
    public async Task Submit_BesideAClientWithAHundredThousandTasks_IsNotDelayedByThem()
    {
        const string ready = "ready ";
        await using var up = RunningProgram.StartCli("up", "--port", "0", "--workers", "2");
        var address = (await up.WaitForLineAsync(up.Output!, line => line.StartsWith(ready, StringComparison.Ordinal), "the cluster is up"))[ready.Length..];
        await using var large = await ConnectAsync(address);
        await using var small = await ConnectAsync(address);
        // Once without competition: connections, code.
        await Ten(small);

        using var stop = new CancellationTokenSource();
        var (done, begun) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var all = Task.Run(async () =>
        {
            await foreach (var _ in large.Map(Functions.Busy, Enumerable.Repeat(5, 100_000), null, stop.Token).Unordered().WithOutcomes())
            {
                if (Interlocked.Increment(ref done) == 200) begun.SetResult();
            }
        });
        await begun.Task.WaitAsync(Bound);

        var startedAt = Stopwatch.GetTimestamp();
        await Ten(small);
        var elapsed = Stopwatch.GetElapsedTime(startedAt);

        // Their own work is 25 ms; in turn with chunks of 30 ms it is some tenths of a second. The others need four minutes.
        Assert.InRange(elapsed.TotalSeconds, 0, 5);
        Assert.InRange(Volatile.Read(ref done), 200, 50_000);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all.WaitAsync(Bound));

        static Task Ten(ComputeCluster cluster) => Enumerable.Range(0, 10).Select(_ => cluster.Submit(Functions.Busy, 5)).WhenAll().WaitAsync(Bound);
    }

    [Fact]
    public async Task Submit_WorkersWithoutTheProgram_SayWhatToDoAndTakeItWithAPluginFolder()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        await using (var client = await ConnectAsync(cluster.Address))
        {
            var error = Assert.IsType<ClusterUnavailableException>(await client.Submit(Functions.Square, 3L).ExceptionAsync(Bound));
            Assert.Contains("this worker has no ActorCompute.EndToEnd.dll; put it, with what it needs, into a folder that the worker is given by --plugins.", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<ClusterUnavailableException>(async () =>
            {
                await foreach (var _ in client.Map(Functions.Square, [1L]))
                {
                }
            });
        }

        await using var worker = RunningProgram.Start("Worker", "actorcompute-worker", ["--seed", cluster.Address, "--name", "able", "--slots", "1", "--plugins", AppContext.BaseDirectory]);
        await cluster.WaitForWorkersAsync(2);
        await using var second = await ConnectAsync(cluster.Address);
        await second.WaitForWorkersAsync(2, Bound);
        var future = second.Submit(Functions.Square, 3L);
        Assert.Equal(9, await future.ResultAsync(Bound));
        Assert.Equal("able", future.Run!.Worker);
    }

    [Fact]
    public async Task Connect_WorkersAndStop_AreForTheirOwner()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        await using var client = await ConnectAsync(cluster.Address);
        Assert.Empty(client.Workers);
        Assert.Contains("was there before", Assert.Throws<InvalidOperationException>(() => client.AddWorkers(1)).Message, StringComparison.Ordinal);
        await new ClusterAdmin(cluster.Address, new() { Secret = TestCluster.Secret, Timeout = Bound }).StopAsync();
        (await cluster.Seed.WaitAsync("the seed that was told to stop")).AssertExit(0);
    }

    private static Task<ComputeCluster> ConnectAsync(string address) => ComputeCluster.ConnectAsync(address, new() { Secret = TestCluster.Secret, Timeout = Bound });
}
