using System.Diagnostics;
using ActorCompute.Chaos.Support;
using Xunit.Abstractions;

namespace ActorCompute.Chaos;

/// <summary>Work on every core must not make a healthy worker look dead.</summary>
[Collection(ProcessTests.Name)]
public sealed class BusyCoresTests(ITestOutputHelper output)
{
    private const int Workers = 2;

    [Fact]
    public async Task Workers_AllCoresBusy_NoneIsDropped()
    {
        var startedAt = Stopwatch.GetTimestamp();
        await using var cluster = await TestCluster.StartAsync(Workers, slots: Environment.ProcessorCount);
        await using var client = await cluster.ConnectAsync(RunningProgram.Limit);
        await using var registry = new RegistryWatch(cluster.Address, Clock);
        await Poll.UntilAsync("all workers registered", RunningProgram.Limit, () => registry.Count == Workers);
        registry.ForgetFewest();

        var counts = new PrimeCounts(client, Clock);
        var running = counts.RunAsync();
        var end = Clock() + ChaosForm.Busy;
        await Poll.UntilAsync("the busy time", ChaosForm.Busy + RunningProgram.Limit, () => running.IsCompleted || Clock() > end);
        counts.End();
        await running;

        Assert.True(counts.Finished > 0);
        Assert.Equal(Workers, registry.Fewest);
        Assert.Equal(Workers, registry.All.Count);
        output.WriteLine($"{counts.Finished} jobs in {ChaosForm.Busy.TotalSeconds} s on {Workers} workers of {Environment.ProcessorCount} slots, nobody dropped");

        TimeSpan Clock() => Stopwatch.GetElapsedTime(startedAt);
    }
}
