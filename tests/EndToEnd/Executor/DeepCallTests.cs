namespace ActorCompute.EndToEnd.Executor;

/// <summary>How deep a function may call itself does not hang on the shell or the system.</summary>
[Collection(Lane.Clusters)]
public sealed class DeepCallTests
{
    [UnixFact]
    public async Task Submit_DeepRecursion_TheStackIsTheSameWhateverTheShellAllows()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 0);
        await using var worker = RunningProgram.StartWithLimit(
            "-s 1024", "Worker", "actorcompute-worker", "--seed", cluster.Address, "--name", "w", "--slots", "1", "--plugins", AppContext.BaseDirectory);
        await using var client = await cluster.ConnectAsync(RunningProgram.Limit);
        Assert.Equal(40_000, await client.Submit(Functions.Depth, 40_000).ResultAsync(RunningProgram.Limit));
    }
}
