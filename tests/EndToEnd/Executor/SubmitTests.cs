using System.Diagnostics;

namespace ActorCompute.EndToEnd.Executor;

/// <summary>Calls one by one and their futures, as <c>concurrent.futures</c> has them.</summary>
[Collection(Lane.Clusters)]
public sealed class SubmitTests(ProcessEnvironment environment) : IDisposable
{
    private static readonly TimeSpan Bound = RunningProgram.Limit;

    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Submit_EveryShapeOfFunction_GivesItsResult()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal(144, await cluster.Submit(Functions.Square, 12L));
        Assert.Equal(144, await cluster.Submit(Functions.SquareAsync, 12L));
        Assert.Equal(144, await cluster.Submit(Functions.SquareValueAsync, 12L));
        Assert.Equal("a7", await cluster.Submit(Functions.Join, "a", 7));
        Assert.Equal(6, await cluster.Submit(Functions.Sum, 1L, 2L, 3L));
        Assert.Equal(42, await cluster.Submit(Functions.Answer));
        Assert.Equal(42, await cluster.Submit((int a, int b) => a * b, 6, 7));
        Assert.Equal(0.01, await cluster.Submit(Functions.SleepAsync, 0.01));
    }

    [Fact]
    public async Task Submit_Done_KnowsInputNameAndWhereItRan()
    {
        var cluster = await environment.LocalAsync();
        var future = cluster.Submit(Functions.Square, 12L, new() { Name = "dozen" });
        await future;
        Assert.Equal((12L, "dozen", true, false), (future.Input, future.Name, future.IsDone, future.IsFaulted));
        Assert.Contains(cluster.Workers, worker => worker.Name == future.Run!.Worker && worker.ProcessId == future.Run.ProcessId);
        Assert.NotEqual(Environment.ProcessId, future.Run!.ProcessId);
        Assert.Equal(("a", 7), cluster.Submit(Functions.Join, "a", 7).Input);
    }

    [Fact]
    public async Task OnCompleted_ResultExceptionAndCancel_IsCalled()
    {
        var cluster = await environment.LocalAsync();
        foreach (var future in new ComputeFuture[] { cluster.Submit(Functions.Square, 3L), cluster.Submit(Functions.Odd, 2L), cluster.Submit(Functions.SleepAsync, 60.0) })
        {
            var called = new TaskCompletionSource<ComputeFuture>(TaskCreationOptions.RunContinuationsAsynchronously);
            future.OnCompleted(called.SetResult);
            if (future.Input is double) future.Cancel();
            Assert.Same(future, await called.Task.WaitAsync(Bound));
        }
    }

    [Fact]
    public async Task ExceptionAsync_FunctionThrew_HasTypeTextAndPlace()
    {
        var cluster = await environment.LocalAsync();
        var future = cluster.Submit(Functions.Odd, 2L);
        var error = Assert.IsType<RemoteTaskException>(await future.ExceptionAsync(Bound));
        Assert.Equal(("System.InvalidOperationException", "2 is even", 1), (error.RemoteType, error.Failure.Message, error.Run.Attempt));
        Assert.Contains(cluster.Workers, worker => worker.ProcessId == error.Run.ProcessId);
        Assert.Same(error, await Assert.ThrowsAsync<RemoteTaskException>(async () => await future));
        Assert.Null(await cluster.Submit(Functions.Odd, 3L).ExceptionAsync(Bound));
    }

    [Fact]
    public async Task Cancel_Running_TokenIsSeenAndTheSlotIsFreeAgain()
    {
        var cluster = await environment.LocalAsync();
        var futures = Enumerable.Range(0, 2).Select(index => cluster.Submit(Functions.UntilCancelled, _folder.PathOf($"{index}"), CancellationToken.None)).ToList();
        await Begun(0, 1);
        Assert.All(futures, future => Assert.True(future.IsRunning));

        Assert.All(futures, future => Assert.True(future.Cancel()));

        await Poll.UntilAsync("both see their token", Bound, () => File.Exists(_folder.PathOf("0.seen")) && File.Exists(_folder.PathOf("1.seen")));
        Assert.All(futures, future => Assert.True(future.IsCancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await futures[0]);
        Assert.Equal(9, await cluster.Submit(Functions.Square, 3L).ResultAsync(Bound));
    }

    [Fact]
    public async Task Submit_WithAToken_CancelsTheCallAndIsNoArgument()
    {
        var cluster = await environment.LocalAsync();
        using var source = new CancellationTokenSource();
        var future = cluster.Submit(Functions.UntilCancelled, _folder.PathOf("0"), source.Token);
        Assert.Equal(_folder.PathOf("0"), future.Input);
        await Begun(0);
        await source.CancelAsync();
        Assert.True(future.IsCancelled);
        await Poll.UntilAsync("it sees its token", Bound, () => File.Exists(_folder.PathOf("0.seen")));
        // One that is set already.
        Assert.True(cluster.Submit(Functions.UntilCancelled, _folder.PathOf("1"), source.Token).IsCancelled);
    }

    [Fact]
    public async Task Submit_NoneToFourArguments_ValueTaskAndValueTask()
    {
        var cluster = await environment.LocalAsync();
        Assert.Equal("", await cluster.Submit(() => ""));
        Assert.Equal("a", await cluster.Submit(async a => { await Task.Yield(); return a; }, "a"));
        Assert.Equal("ab", await cluster.Submit((string a, string b) => new ValueTask<string>(a + b), "a", "b"));
        Assert.Equal("abc", await cluster.Submit((a, b, c) => a + b + c, "a", "b", "c"));
        Assert.Equal("abcd", await cluster.Submit(async (a, b, c, d) => { await Task.Yield(); return a + b + c + d; }, "a", "b", "c", "d"));
        Assert.Equal("abc", await cluster.Submit((a, b, c, token) => token.CanBeCanceled ? a + b + c : "", "a", "b", "c", CancellationToken.None));
    }

    [Fact]
    public async Task Cancel_Pending_NeverRuns()
    {
        var cluster = await environment.LocalAsync();
        var running = Enumerable.Range(0, 2).Select(index => cluster.Submit(Functions.UntilCancelled, _folder.PathOf($"{index}"), CancellationToken.None)).ToList();
        await Begun(0, 1);
        var pending = Enumerable.Range(0, 30).Select(index => cluster.Submit(Functions.Touch, _folder.PathOf($"touched{index}"))).ToList();

        Assert.All(pending, future => Assert.True(future.Cancel()));
        foreach (var future in running) future.Cancel();

        // Later ones of the same function come after them in every queue.
        await cluster.Submit(Functions.Touch, _folder.PathOf("last")).ResultAsync(Bound);
        await cluster.Submit(Functions.Touch, _folder.PathOf("last")).ResultAsync(Bound);
        Assert.All(pending, future => Assert.True(future.IsCancelled));
        Assert.All(Enumerable.Range(0, 30), index => Assert.False(File.Exists(_folder.PathOf($"touched{index}")), $"{index} ran"));
    }

    [Fact]
    public async Task AsCompleted_SleepsOfThreeLengths_ShortestFirst()
    {
        var cluster = await environment.LocalAsync();
        var order = new List<double>();
        await foreach (var future in new[] { 0.9, 0.6, 0.3 }.Select(seconds => cluster.Submit(Functions.SleepAsync, seconds)).AsCompleted(Bound)) order.Add(await future);
        Assert.Equal([0.3, 0.6, 0.9], order);
    }

    [Fact]
    public async Task AsCompleted_TimeOut_SaysHowManyAreMissingAndTheyGoOn()
    {
        var cluster = await environment.LocalAsync();
        var futures = new[] { 0.01, 60 }.Select(seconds => cluster.Submit(Functions.SleepAsync, seconds)).ToList();
        await futures[0];
        var done = new List<double>();
        var error = await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (var future in futures.AsCompleted(TimeSpan.FromSeconds(0.3))) done.Add(await future);
        });
        Assert.StartsWith("1 of 2 futures", error.Message, StringComparison.Ordinal);
        Assert.Equal([0.01], done);
        Assert.False(futures[1].IsDone);
        futures[1].Cancel();
    }

    [Fact]
    public async Task WaitAsync_EachMode_EndsWhenItSays()
    {
        var cluster = await environment.LocalAsync();
        var (quick, slow) = (cluster.Submit(Functions.SleepAsync, 0.05), cluster.Submit(Functions.SleepAsync, 60.0));
        var (done, notDone) = await new[] { quick, slow }.WaitAsync(WaitFor.FirstCompleted, Bound);
        Assert.Equal([quick], done);
        Assert.Equal([slow], notDone);
        var bad = cluster.Submit(Functions.Odd, 2L);
        Assert.Contains(bad, (await new ComputeFuture[] { slow, bad }.WaitAsync(WaitFor.FirstException, Bound)).Done);
        Assert.Equal([slow], (await new ComputeFuture[] { slow, bad }.WaitAsync(timeout: TimeSpan.FromSeconds(0.1))).NotDone);
        slow.Cancel();
        Assert.Empty((await new ComputeFuture[] { slow, bad, quick }.WaitAsync(timeout: Bound)).NotDone);
    }

    [Fact]
    public async Task Submit_TwoThousandSleepsOfASecond_RunAtTheSameTime()
    {
        var cluster = await environment.LocalAsync();
        await cluster.Submit(Functions.SleepAsync, 0.0);
        var startedAt = Stopwatch.GetTimestamp();
        var (_, notDone) = await Enumerable.Range(0, 2000).Select(_ => cluster.Submit(Functions.SleepAsync, 1.0)).WaitAsync(timeout: Bound);
        // One after the other they would take half an hour; the bound is for a machine that is busy with something else.
        Assert.Empty(notDone);
        Assert.InRange(Stopwatch.GetElapsedTime(startedAt).TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task Submit_FunctionsThatNeedThisProcess_AreRefusedWithWhatToDo()
    {
        var cluster = await environment.LocalAsync();
        var factor = (long)Environment.ProcessId;
        Assert.Contains("'factor'", Assert.Throws<ArgumentException>(() => cluster.Submit(x => x * factor, 3L)).Message, StringComparison.Ordinal);
        Assert.Contains("instance method", Assert.Throws<ArgumentException>(() => cluster.Submit(Instance, 3L)).Message, StringComparison.Ordinal);
        Assert.Contains("it is generic", Assert.Throws<ArgumentException>(() => cluster.Submit(Same<long>, 3L)).Message, StringComparison.Ordinal);
        Assert.Contains("it is generic", Assert.Throws<ArgumentException>(() => cluster.Map(Same<long>, [3L])).Message, StringComparison.Ordinal);
        Assert.Contains("at most", Assert.Throws<ArgumentException>(() => cluster.Submit(text => text.Length, new string('x', 1 << 24))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static T Same<T>(T value) => value;

    private long Instance(long number) => number + _folder.GetHashCode();

    private Task Begun(params int[] indexes) => Poll.UntilAsync("the functions run", Bound, () => indexes.All(index => File.Exists(_folder.PathOf($"{index}.begun"))));
}
