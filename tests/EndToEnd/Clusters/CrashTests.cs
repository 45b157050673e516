using ActorCompute.Kinds;

namespace ActorCompute.EndToEnd.Clusters;

/// <summary>The kind that ends its process: a worker dies of it only where it may, and the task is tried again.</summary>
[Collection(Lane.Clusters)]
public class CrashTests
{
    [Theory]
    [InlineData("exit")]
    [InlineData("fail-fast")]
    [InlineData("kill")]
    public async Task Crash_FirstAttempt_TheTaskEndsWellInTheNextProcess(string how)
    {
        var outcome = await RunAsync(allow: true, new ParameterValues().Add("item", "x").Add("how", how).Add("attempts", "1"));
        Assert.Null(outcome.Failure);
        Assert.Equal(2, outcome.Run.Attempt);
    }

    [Fact]
    public async Task Crash_NotAllowed_IsRefusedWithWhatAllowsIt()
    {
        var error = await Assert.ThrowsAsync<ClusterUnavailableException>(() => RunAsync(allow: false, new ParameterValues().Add("item", "x")));
        Assert.Contains("no worker can run 'crash'", error.Message, StringComparison.Ordinal);
        Assert.Contains("--allow-crashes", error.Message, StringComparison.Ordinal);
    }

    private static async Task<TaskOutcome> RunAsync(bool allow, ParameterValues values)
    {
        using var limit = new CancellationTokenSource(RunningProgram.Limit);
        await using var cluster = await ComputeCluster.StartLocalAsync(new LocalClusterOptions { Workers = 1, AllowCrashes = allow }, cancellation: limit.Token);
        var outcomes = new List<TaskOutcome>();
        await foreach (var outcome in cluster.Start(((IJobKind)BuiltInKinds.Crash).Prepare(values)).ReadOutcomesAsync(limit.Token)) outcomes.Add(outcome);
        return Assert.Single(outcomes);
    }
}
