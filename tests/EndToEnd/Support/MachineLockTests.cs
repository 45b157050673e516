namespace ActorCompute.EndToEnd.Support;

/// <summary>Suites of two checkouts on one machine: the second waits and says so, and nothing fails for that.</summary>
public sealed class MachineLockTests
{
    [Fact]
    public async Task TakeAsync_HeldByAnother_SaysSoOnceAndWaitsForItsEnd()
    {
        using var folder = new TestFolder();
        var path = folder.PathOf("lock");
        var first = await MachineLock.TakeAsync(path, text => Assert.Fail(text));
        var said = new List<string>();
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = MachineLock.TakeAsync(path, text =>
        {
            said.Add(text);
            told.TrySetResult();
        });
        await told.Task.WaitAsync(RunningProgram.Limit);
        Assert.False(second.IsCompleted);
        Assert.Contains(path, Assert.Single(said), StringComparison.Ordinal);

        first.Dispose();
        (await second.WaitAsync(RunningProgram.Limit)).Dispose();
        Assert.Single(said);
    }
}
