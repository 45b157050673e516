using ActorCompute.Client.Executor;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter;

namespace ActorCompute.Client.Tests;

/// <summary>Options at the ends of what their types hold: used as they are meant, or refused in words before anything runs.</summary>
public sealed class LimitsTests
{
    private readonly SubmitSession _session = new(new("function", "1", default), new());

    public static TheoryData<TimeSpan> Forever => [TimeSpan.MaxValue, TimeSpan.FromDays(60), Timeout.InfiniteTimeSpan];

    [Theory]
    [MemberData(nameof(Forever))]
    public async Task Waits_TimeOutBeyondTimers_TakeAsLongAsItTakes(TimeSpan forever)
    {
        var future = _session.Submit(ValueCodec<long>.Instance, ValueCodec<long>.Instance, 3, 3L, null)!;
        var result = future.ResultAsync(forever);
        var error = future.ExceptionAsync(forever);
        var all = new[] { future }.WaitAsync(timeout: forever);
        var completed = new[] { future }.AsCompleted(forever).GetAsyncEnumerator();
        var next = completed.MoveNextAsync().AsTask();
        IJobRun run = _session;
        TaskSource tasks = run.OpenTasks();
        tasks.TryTake(0, out var task);
        run.Report(new(task, "9"u8.ToArray(), null, new("1", "host", 1, 1, TimeSpan.Zero)));

        Assert.Equal(9, await Waiting.For(result, "the result"));
        Assert.Null(await Waiting.For(error, "no exception"));
        _ = Assert.Single((await Waiting.For(all, "all")).Done);
        Assert.True(await Waiting.For(next, "the first completed"));
    }

    [Fact]
    public void MapOptions_TimeOut_NegativeIsRefusedAndEndlessIsTaken()
    {
        Assert.Contains("negative", Assert.Throws<InputException>(() => new MapOptions { Timeout = TimeSpan.FromSeconds(-3) }.Check()).Message, StringComparison.Ordinal);
        foreach (var forever in Forever) new MapOptions { Timeout = forever }.Check();
    }

    [Fact]
    public void RetryPolicy_PausesBeyondTimers_CanBeAddedToATime()
    {
        var policy = new RetryPolicy { Delay = TimeSpan.MaxValue, MaxDelay = TimeSpan.MaxValue };
        policy.Check();
        Assert.InRange(TimeSpan.FromDays(1) + policy.DelayBefore(5000), TimeSpan.FromDays(2), TimeSpan.FromDays(49));
    }

    [Fact]
    public void Options_PartsThatAreNull_AreRefusedInWords()
    {
        Assert.Contains("Retry", Assert.Throws<InputException>(() => new MapOptions { Retry = null! }.Check()).Message, StringComparison.Ordinal);
        Assert.Contains("Stragglers", Assert.Throws<InputException>(() => new MapOptions { Stragglers = null! }.Check()).Message, StringComparison.Ordinal);
        Assert.Contains("ShouldRetry", Assert.Throws<InputException>(() => new RetryPolicy { ShouldRetry = null! }.Check()).Message, StringComparison.Ordinal);
        Assert.Contains("plug-in", Assert.Throws<InputException>(() => new LocalClusterOptions { Plugins = null! }.Check()).Message, StringComparison.Ordinal);
        Assert.Contains("drain", Assert.Throws<InputException>(() => new LocalClusterOptions { DrainTimeout = TimeSpan.MaxValue }.Check()).Message, StringComparison.Ordinal);
        Assert.Contains("start", Assert.Throws<InputException>(() => new LocalClusterOptions { StartTimeout = TimeSpan.FromSeconds(-3) }.Check()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConnectAsync_Null_IsNamed() => await Assert.ThrowsAsync<ArgumentNullException>("seed", () => ComputeCluster.ConnectAsync(null!));
}
