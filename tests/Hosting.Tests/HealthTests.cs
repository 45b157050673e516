using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ActorCompute.Hosting.Tests;

/// <summary>What a health check makes of what is seen.</summary>
public sealed class HealthTests
{
    [Theory]
    [InlineData(4, 4, HealthStatus.Healthy, "4 workers are registered at 127.0.0.1:4053.")]
    [InlineData(1, 0, HealthStatus.Healthy, "1 worker is registered at 127.0.0.1:4053.")]
    [InlineData(5, 4, HealthStatus.Healthy, "5 workers are registered at 127.0.0.1:4053.")]
    [InlineData(3, 4, HealthStatus.Degraded, "3 of 4 workers are registered at 127.0.0.1:4053; the others are started again.")]
    [InlineData(0, 4, HealthStatus.Unhealthy, "no worker is registered at 127.0.0.1:4053.")]
    [InlineData(0, 0, HealthStatus.Unhealthy, "no worker is registered at 127.0.0.1:4053.")]
    public void Judge_WorkersThatAreRegistered_DecideTogetherWithThoseThatShouldBe(int registered, int toBe, HealthStatus status, string says)
    {
        var result = ClusterHealth.Judge(Seen(registered, toBe), HealthStatus.Unhealthy);
        Assert.Equal((status, says), (result.Status, result.Description));
        Assert.Equal((registered, registered * 2, registered), ((int)result.Data["workers"], (int)result.Data["slots"], (int)result.Data["busy"]));
    }

    [Fact]
    public void Judge_NothingSeen_IsWhatTheRegistrationCallsAFailure()
    {
        var result = ClusterHealth.Judge(ClusterSeen.Nothing("why"), HealthStatus.Degraded);
        Assert.Equal((HealthStatus.Degraded, "why"), (result.Status, result.Description));
        Assert.Equal(HealthStatus.Degraded, ClusterHealth.Judge(Seen(0, 1), HealthStatus.Degraded).Status);
    }

    [Fact]
    public async Task Check_AnswerInTime_IsJudged() => Assert.Equal(HealthStatus.Healthy, (await CheckAsync(_ => Task.FromResult(Seen(1, 1)))).Status);

    [Fact]
    public async Task Check_SeedThatIsSilent_EndsInItsTime()
    {
        var result = await CheckAsync(async token => await SilentAsync(), TimeSpan.FromMilliseconds(20));
        Assert.Equal((HealthStatus.Unhealthy, "the seed did not answer within 0.02 s."), (result.Status, result.Description));
    }

    [Fact]
    public async Task Check_Cancelled_EndsAtOnceWithoutThrowing()
    {
        using var cancellation = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        var check = CheckAsync(async token =>
        {
            asked.SetResult();
            return await SilentAsync();
        }, TimeSpan.FromMinutes(5), cancellation.Token);
        await asked.Task;
        await cancellation.CancelAsync();
        Assert.Equal("the check was cancelled.", (await check).Description);
    }

    [Fact]
    public async Task Check_LookThrows_IsTheReason()
    {
        var error = new ClusterUnavailableException("no seed answers.");
        var result = await CheckAsync(_ => throw error);
        Assert.Equal((HealthStatus.Unhealthy, "no seed answers.", error), (result.Status, result.Description, result.Exception));
        // Somebody else's cancelling is a reason like any other.
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(_ => throw new OperationCanceledException("elsewhere"))).Status);
    }

    private static Task<ClusterSeen> SilentAsync() => new TaskCompletionSource<ClusterSeen>().Task;

    private static Task<HealthCheckResult> CheckAsync(Func<CancellationToken, Task<ClusterSeen>> look, TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        var check = new ComputeClusterHealthCheck(look, () => limit ?? TimeSpan.FromMinutes(1));
        return check.CheckHealthAsync(new() { Registration = new("compute-cluster", check, null, null) }, cancellation);
    }

    private static ClusterSeen Seen(int registered, int toBe) => new()
    {
        Report = new("127.0.0.1:4053", "0.1.0", "Akka.NET", TimeSpan.Zero, [.. Enumerable.Range(1, registered).Select(index => new WorkerReport($"{index}", "host", index, 1, 2, 1, 0, 0, "0.1.0", TimeSpan.Zero, $"w{index}"))], []),
        WorkersToBe = toBe,
    };
}
