using ActorCompute.Client.Executor;
using ActorCompute.Client.Jobs;
using ActorCompute.Client.Scatter;

namespace ActorCompute.Client.Tests.Futures;

/// <summary>A future's states, one way only: pending, with a worker, then one of three ends.</summary>
public sealed class ComputeFutureTests
{
    private static readonly TaskRun Run = new("1", "host", 77, 2, TimeSpan.FromSeconds(3));

    private readonly SubmitSession _session = new(new("function", "1", default), new());

    private TaskSource Tasks => ((IJobRun)_session).OpenTasks();

    [Fact]
    public void Submit_New_IsPendingWithInputAndName()
    {
        var future = _session.Submit(ValueCodec<long>.Instance, ValueCodec<long>.Instance, 3, 3L, "three")!;
        Assert.Equal((3L, "three", false, false, false, false), (future.Input, future.Name, future.IsDone, future.IsRunning, future.IsCancelled, future.IsFaulted));
        Assert.Null(future.Run);
        Assert.Equal([future], _session.Outstanding());
    }

    [Fact]
    public async Task Report_Result_IsGivenToWhoeverWaits()
    {
        var (future, task) = Submit();
        var waiting = future.ResultAsync();
        ((IJobRun)_session).Sent(task with { Attempt = 1 });
        Assert.True(future.IsRunning);

        Report(task, "9"u8.ToArray());

        Assert.Equal((true, false, Run), (future.IsDone, future.IsRunning, future.Run));
        Assert.Equal((9L, 9L, null), (await future, await waiting, await future.ExceptionAsync()));
        Assert.Empty(_session.Outstanding());
        Assert.False(future.Cancel());
        Assert.Equal(1, _session.Taken);
    }

    [Fact]
    public async Task Report_Failure_IsThrownAndGivenByExceptionAsync()
    {
        var (future, task) = Submit();

        Report(task, default, new(FailureCause.Exception, "System.DivideByZeroException", "no zero"));

        var thrown = await Assert.ThrowsAsync<RemoteTaskException>(() => future.ResultAsync());
        Assert.Equal("System.DivideByZeroException: no zero (worker 1 on host, attempt 2)", thrown.Message);
        Assert.Equal(("System.DivideByZeroException", Run), (thrown.RemoteType, thrown.Run));
        Assert.Same(thrown, await future.ExceptionAsync());
        Assert.True(future.IsFaulted);
    }

    [Fact]
    public async Task Report_ResultOfAnotherType_FaultsAtThisPlace()
    {
        var (future, task) = Submit();
        Report(task, "\"text\""u8.ToArray());
        Assert.IsType<FormatException>(await future.ExceptionAsync());
    }

    [Fact]
    public async Task Cancel_Pending_IsCancelledAtOnceAndTheTaskIsNotWanted()
    {
        var (future, task) = Submit();

        Assert.True(future.Cancel());

        Assert.Equal((true, true, false), (future.IsDone, future.IsCancelled, future.IsFaulted));
        Assert.False(future.Cancel());
        Assert.False(((IJobRun)_session).Wants(task));
        await Assert.ThrowsAsync<TaskCanceledException>(() => future.ResultAsync());
        await Assert.ThrowsAsync<TaskCanceledException>(() => future.ExceptionAsync());
        Assert.Empty(_session.Outstanding());
    }

    [Fact]
    public void Report_AfterCancel_ChangesNothing()
    {
        var (future, task) = Submit();
        future.Cancel();
        Report(task, "9"u8.ToArray());
        Assert.Equal((true, null), (future.IsCancelled, future.Run));
    }

    [Fact]
    public async Task ResultAsync_TimeOut_EndsTheWaitingOnly()
    {
        var (future, task) = Submit();
        await Assert.ThrowsAsync<TimeoutException>(() => future.ResultAsync(TimeSpan.FromMilliseconds(1)));
        await Assert.ThrowsAsync<TimeoutException>(() => future.ExceptionAsync(TimeSpan.FromMilliseconds(1)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => future.ResultAsync(cancellation: new(canceled: true)));
        Assert.False(future.IsDone);
        Report(task, "9"u8.ToArray());
        Assert.Equal(9, await future.ResultAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task OnCompleted_BeforeAndAfterTheEnd_IsCalledOnceEach()
    {
        var (future, task) = Submit();
        var (before, after) = (new TaskCompletionSource<long>(), new TaskCompletionSource<long>());
        future.OnCompleted(done => before.SetResult(done.AsTask().Result));
        Assert.False(before.Task.IsCompleted);

        Report(task, "9"u8.ToArray());
        future.OnCompleted(done => after.SetResult(done.AsTask().Result));

        Assert.Equal(9, await Waiting.For(before.Task, "the callback of before"));
        Assert.Equal(9, await Waiting.For(after.Task, "the callback of after"));
    }

    [Fact]
    public async Task Ended_WithOutstanding_CancelsThemAndSaysWhy()
    {
        var (future, _) = Submit();

        ((IJobRun)_session).Ended(new OperationCanceledException("the cluster was closed."));

        Assert.True(future.IsCancelled);
        Assert.True(future.AsTask().IsCanceled);
        Assert.Equal("the cluster was closed.", (await Assert.ThrowsAsync<OperationCanceledException>(() => future.ResultAsync())).Message);
        Assert.True(_session.HasEnded);
    }

    [Fact]
    public async Task Ended_WithAnError_FaultsOutstandingAndLaterOnes()
    {
        var (future, _) = Submit();
        var error = new ClusterUnavailableException("no worker can run it");

        ((IJobRun)_session).Ended(error);
        ((IJobRun)_session).Ended(new OperationCanceledException("later"));

        Assert.Same(error, await future.ExceptionAsync());
        Assert.Same(error, await Submit().Future.ExceptionAsync());
    }

    [Fact]
    public async Task AsCompleted_DoneBeforeAndAfter_GivesEachOnceAsItIsDone()
    {
        var all = Enumerable.Range(0, 3).Select(_ => Submit()).ToList();
        Report(all[2].Task, "2"u8.ToArray());
        await using var done = all.Select(pair => pair.Future).Append(all[0].Future).AsCompleted().GetAsyncEnumerator();
        Assert.True(await done.MoveNextAsync());
        Assert.Same(all[2].Future, done.Current);
        Report(all[1].Task, default, new(FailureCause.Exception, "T", "x"));
        Assert.True(await done.MoveNextAsync());
        Assert.Same(all[1].Future, done.Current);
        all[0].Future.Cancel();
        Assert.True(await done.MoveNextAsync());
        Assert.Same(all[0].Future, done.Current);
        Assert.False(await done.MoveNextAsync());
    }

    [Fact]
    public async Task AsCompleted_TimeOut_SaysHowManyAreMissing()
    {
        var (one, two) = (Submit(), Submit());
        Report(one.Task, "1"u8.ToArray());
        await using var done = new[] { one.Future, two.Future }.AsCompleted(TimeSpan.FromMilliseconds(20)).GetAsyncEnumerator();
        Assert.True(await done.MoveNextAsync());
        Assert.StartsWith("1 of 2 futures were not done", (await Assert.ThrowsAsync<TimeoutException>(async () => await done.MoveNextAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitAsync_EachMode_EndsWhenItSays()
    {
        var all = Enumerable.Range(0, 3).Select(_ => Submit()).ToList();
        var futures = all.Select(pair => pair.Future).ToList();
        var (first, exception, every) = (futures.WaitAsync(WaitFor.FirstCompleted), futures.WaitAsync(WaitFor.FirstException), futures.WaitAsync());

        Report(all[0].Task, "0"u8.ToArray());
        var (done, notDone) = await Waiting.For(first, "the first");
        Assert.Equal([futures[0]], done);
        Assert.Equal([futures[1], futures[2]], notDone);
        Assert.False(exception.IsCompleted);
        Report(all[1].Task, default, new(FailureCause.Exception, "T", "x"));
        Assert.Equal(2, (await Waiting.For(exception, "the exception")).Done.Count);
        Assert.False(every.IsCompleted);
        Report(all[2].Task, "2"u8.ToArray());
        Assert.Empty((await Waiting.For(every, "all")).NotDone);
    }

    [Fact]
    public async Task WaitAsync_TimeOutOrNothing_IsNoError()
    {
        var (future, _) = Submit();
        Assert.Equal([future], (await new[] { future }.WaitAsync(timeout: TimeSpan.FromMilliseconds(1))).NotDone);
        Assert.Empty((await Array.Empty<ComputeFuture<long>>().WaitAsync()).Done);
    }

    [Fact]
    public async Task WhenAll_InTheirOrder_WhateverWasDoneFirst()
    {
        var all = Enumerable.Range(0, 3).Select(_ => Submit()).ToList();
        foreach (var (index, pair) in all.Index().Reverse()) Report(pair.Task, ValueCodec<long>.Instance.ToBytes(index));
        var results = await all.Select(pair => pair.Future).WhenAll();
        Assert.Equal([0L, 1L, 2L], results);
    }

    [Fact]
    public async Task AsCompleted_EnumeratedTwice_IsRefused()
    {
        var (future, task) = Submit();
        Report(task, ValueCodec<long>.Instance.ToBytes(9));
        var completed = new[] { future }.AsCompleted();
        await foreach (var one in completed) Assert.Same(future, one);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in completed)
            {
            }
        });
        Assert.Contains("once", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_NothingOutstandingForTenSeconds_ClosesTheJobAndAnotherIsToBeOpened()
    {
        var (_, task) = Submit();
        IJobRun run = _session;
        for (var i = 0; i < 100; i++) run.Look();
        Assert.False(_session.HasEnded);

        Report(task, ValueCodec<long>.Instance.ToBytes(9));
        for (var i = 0; i < 20; i++)
        {
            Assert.False(_session.HasEnded);
            run.Look();
        }

        Assert.True(_session.HasEnded);
        Assert.Null(_session.Submit(ValueCodec<long>.Instance, ValueCodec<long>.Instance, 3, 3L, null));
    }

    [Fact]
    public void Submit_TooLargeAnArgument_SaysWhatToDo()
    {
        var error = Assert.Throws<ArgumentException>(() => _session.Submit(ValueCodec<string>.Instance, ValueCodec<long>.Instance, new('x', ChunkSizer.LargestPayload), null, null));
        Assert.Contains("pass where that is", error.Message, StringComparison.Ordinal);
    }

    private (ComputeFuture<long> Future, TaskBatch Task) Submit()
    {
        var future = _session.Submit(ValueCodec<long>.Instance, ValueCodec<long>.Instance, 3, 3L, null)!;
        Tasks.TryTake(0, out var task);
        return (future, task);
    }

    private void Report(TaskBatch task, ReadOnlyMemory<byte> result, TaskFailure? failure = null) =>
        ((IJobRun)_session).Report(new(task, result, failure, Run));
}
