namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>What answers do to the account.</summary>
public sealed class LedgerRepliesTests
{
    private readonly LedgerHarness _job = new();

    [Fact]
    public void Dispatch_TasksWait_SendsThemInPlanOrderAsFirstAttempts()
    {
        var worker = _job.Add(3).Open();

        var send = _job.Dispatch(worker, size: 2);

        Assert.Equal(1, send.Sequence);
        Assert.Equal([(0L, 1), (1L, 1)], send.Batches.Select(task => (task.First, task.Attempt)));
        Assert.Equal((1, 2), (_job.Ledger.Waiting, _job.Ledger.InFlight));
        Assert.Equal(0, _job.Ledger.Resent);
    }

    [Fact]
    public void Dispatch_NothingWaitsOrWorkerUnknown_SendsNothing()
    {
        var worker = _job.Open();
        Assert.Null(_job.TryDispatch(worker));
        _job.Add(1);
        Assert.Null(_job.TryDispatch(LedgerHarness.Life("stranger")));
    }

    [Fact]
    public void Dispatch_PayloadsPassTheLimit_StopsBeforeThemButSendsAtLeastOne()
    {
        var worker = _job.Open();
        for (var i = 0; i < 3; i++) _job.Ledger.Add(new(i, new byte[10]));

        Assert.Equal([0, 1], LedgerHarness.Numbers(_job.TryDispatch(worker, 3, maximumBytes: 20)));
        Assert.Equal([2], LedgerHarness.Numbers(_job.TryDispatch(worker, 3, maximumBytes: 1)));
    }

    [Fact]
    public void RepliesArrived_AllSucceed_ReportsEachWithWhereItRan()
    {
        var worker = _job.Add(2).Open();

        _job.Succeed(_job.Dispatch(worker, 2));

        Assert.True(_job.Ledger.IsSettled);
        Assert.Equal([0L, 1L], _job.Outcomes.Select(outcome => outcome.First));
        Assert.All(_job.Outcomes, outcome =>
        {
            Assert.Null(outcome.Failure);
            Assert.Equal(LedgerHarness.ResultOf(outcome.First).ToArray(), outcome.Result.ToArray());
            Assert.Equal(LedgerHarness.Payload(outcome.First).ToArray(), outcome.Batch.Payload.ToArray());
            Assert.Equal(new TaskRun("name-a", "host-a", 1001, 1, TimeSpan.FromMilliseconds(1)), outcome.Run);
        });
        Assert.Empty(_job.Ledger.Workers.Single().Chunks);
    }

    [Fact]
    public void RepliesArrived_PartOfAChunk_KeepsTheRestInFlight()
    {
        var worker = _job.Add(3).Open();
        var send = _job.Dispatch(worker, 3);

        _job.Reply(worker, send.Sequence, complete: false, LedgerHarness.Success(send.Batches[0]));

        Assert.Equal((1L, 2, 0), (_job.Ledger.Reported, _job.Ledger.InFlight, _job.Ledger.Waiting));
        Assert.Single(_job.Ledger.Workers.Single().Chunks);
    }

    [Fact]
    public void RepliesArrived_CompleteWithOpenTasks_TakesTheRestAsLostOnTheWay()
    {
        var worker = _job.Add(4).Open();
        var send = _job.Dispatch(worker, 4);

        // The message with the answers 0 and 1 was lost, the last one was not.
        _job.Reply(worker, send.Sequence, complete: true, LedgerHarness.Success(send.Batches[2]), LedgerHarness.Success(send.Batches[3]));

        Assert.Equal(2, _job.Ledger.Waiting);
        var again = _job.Dispatch(worker, 4);
        Assert.Equal([(0L, 2), (1L, 2)], again.Batches.Select(task => (task.First, task.Attempt)));
        Assert.Equal(2, _job.Ledger.Resent);
    }

    [Fact]
    public void RepliesArrived_SameReplyTwice_ReportsOnceAndCountsTheLateOne()
    {
        var worker = _job.Add(1).Open();
        var send = _job.Dispatch(worker);

        _job.Succeed(send);
        _job.Succeed(send);

        Assert.Single(_job.Outcomes);
        Assert.Equal(1, _job.Ledger.LateReplies);
    }

    [Fact]
    public void RepliesArrived_SuccessOfAnEarlierAttempt_WinsOverTheOneInFlight()
    {
        var (a, b) = (_job.Add(1).Open("a"), _job.Open("b"));
        var first = _job.Dispatch(a);
        _job.Lose(a);
        var second = _job.Dispatch(b);

        // The lost worker was only cut off; its answer comes after all.
        _job.Reply(a, first.Sequence, complete: true, LedgerHarness.Success(first.Batches[0]));
        _job.Succeed(second);

        var outcome = Assert.Single(_job.Outcomes);
        Assert.Equal(1, outcome.Run.Attempt);
        Assert.Equal(1, _job.Ledger.LateReplies);
    }

    [Fact]
    public void RepliesArrived_SuccessWhileTheTaskWaitsAgain_TakesItOutOfTheQueue()
    {
        var a = _job.Add(2).Open();
        var first = _job.Dispatch(a);
        _job.Lose(a);

        _job.Reply(a, first.Sequence, complete: true, LedgerHarness.Success(first.Batches[0]));

        Assert.Equal(1, _job.Ledger.Reported);
        Assert.Equal([1], LedgerHarness.Numbers(_job.TryDispatch(_job.Open("b"), 5)));
    }

    [Fact]
    public void RepliesArrived_ErrorOfTheAttemptInFlight_FailsTheTask()
    {
        var worker = _job.Add(1).Open();
        var send = _job.Dispatch(worker);

        _job.Reply(worker, send.Sequence, complete: true, LedgerHarness.Error(send.Batches[0], FailureCause.BadInput));

        var outcome = Assert.Single(_job.Outcomes);
        Assert.Equal(new TaskFailure(FailureCause.BadInput, "System.InvalidOperationException", "failed 0"), outcome.Failure);
        Assert.True(outcome.Result.IsEmpty);
        Assert.Equal(1, _job.Ledger.Failed);
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void RepliesArrived_ErrorOfAnEarlierAttempt_IsLate()
    {
        var (a, b) = (_job.Add(1).Open("a"), _job.Open("b"));
        var first = _job.Dispatch(a);
        _job.Lose(a);
        _job.Reply(a, first.Sequence, complete: true, LedgerHarness.Error(first.Batches[0]));
        var second = _job.Dispatch(b);
        _job.Reply(a, first.Sequence, complete: true, LedgerHarness.Error(first.Batches[0]));

        _job.Succeed(second);

        Assert.Null(Assert.Single(_job.Outcomes).Failure);
        Assert.Equal(2, _job.Ledger.LateReplies);
    }

    [Fact]
    public void RepliesArrived_UnknownTask_IsLate()
    {
        var worker = _job.Add(1).Open();
        _job.Reply(worker, 1, complete: false, new AttemptReply(77, 1, TimeSpan.Zero, default, null));
        Assert.Empty(_job.Outcomes);
        Assert.Equal(1, _job.Ledger.LateReplies);
    }

    [Fact]
    public void RepliesArrived_FromAWorkerThatNeverOpened_SuccessCountsAndNothingElseChanges()
    {
        var worker = _job.Add(2).Open();
        var send = _job.Dispatch(worker, 2);

        _job.Reply(LedgerHarness.Life("stranger"), send.Sequence, complete: true, LedgerHarness.Success(send.Batches[0]));

        Assert.Equal("name-a", Assert.Single(_job.Outcomes).Run.Worker);
        Assert.Equal((1, 0), (_job.Ledger.InFlight, _job.Ledger.Waiting));
    }

    [Fact]
    public void WorkerOpened_Twice_KeepsItsChunksAndNumbers()
    {
        var worker = _job.Add(3).Open();
        _job.Dispatch(worker);

        _job.Open();

        Assert.Equal(1, _job.Ledger.InFlight);
        Assert.Equal(2, _job.Dispatch(worker).Sequence);
        Assert.Single(_job.Ledger.Workers);
    }

    [Fact]
    public void JobCancelled_TasksWaitAndAreInFlight_AllEndAsCancelledInPlanOrder()
    {
        var worker = _job.Add(4).Open();
        _job.Succeed(_job.Dispatch(worker));
        var running = _job.Dispatch(worker);

        _job.Cancel("enough");
        _job.Succeed(running);

        Assert.Equal([0L, 1L, 2L, 3L], _job.Outcomes.Select(outcome => outcome.First));
        Assert.All(_job.Outcomes.Skip(1), outcome => Assert.Equal(new TaskFailure(FailureCause.Cancelled, "", "enough"), outcome.Failure));
        Assert.Equal(("name-a", ""), (_job.Outcomes[1].Run.Worker, _job.Outcomes[2].Run.Worker));
        Assert.Equal(1, _job.Ledger.LateReplies);
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void Handle_EventOfNoKnownKind_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _job.Ledger.Handle(new Unknown(), []));

    private sealed record Unknown : LedgerEvent;
}
