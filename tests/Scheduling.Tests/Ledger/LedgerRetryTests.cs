namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>Tasks that are tried again, that nobody wants any more, and workers that leave on purpose.</summary>
public sealed class LedgerRetryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly LedgerHarness _job = new(new() { Lease = TimeSpan.FromHours(1), Retry = new() { MaxRetries = 2, Delay = Second } });

    [Fact]
    public void RepliesArrived_ExceptionWithRetriesLeft_WaitsOutThePause()
    {
        var a = _job.Add(1).Open();

        Fail(_job.Dispatch(a));

        Assert.Equal((1, 0, 0, Second), (_job.Ledger.Delayed, _job.Ledger.Waiting, _job.Ledger.InFlight, _job.Ledger.NextRetryAt));
        Assert.Empty(_job.Outcomes);
        Assert.Null(_job.TryDispatch(a));
        _job.Pass(Second - TimeSpan.FromTicks(1));
        Assert.Null(_job.TryDispatch(a));
        _job.Pass(TimeSpan.FromTicks(1));
        Assert.Equal(2, Assert.Single(_job.Dispatch(a).Batches).Attempt);
    }

    [Fact]
    public void RepliesArrived_EveryTryFails_FailsAfterTheLastWithGrowingPauses()
    {
        var a = _job.Add(1).Open();

        Fail(_job.Dispatch(a));
        _job.Pass(Second);
        Fail(_job.Dispatch(a));
        Assert.Equal(_job.Now + (2 * Second), _job.Ledger.NextRetryAt);
        _job.Pass(2 * Second);
        Fail(_job.Dispatch(a));

        var outcome = Assert.Single(_job.Outcomes);
        Assert.Equal((FailureCause.Exception, 3), (outcome.Failure!.Cause, outcome.Run.Attempt));
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void RepliesArrived_LastTrySucceeds_IsASuccess()
    {
        var a = _job.Add(1).Open();
        Fail(_job.Dispatch(a));
        _job.Pass(Second);

        _job.Succeed(_job.Dispatch(a));

        Assert.Null(Assert.Single(_job.Outcomes).Failure);
    }

    [Fact]
    public void RepliesArrived_BadInput_IsNeverTriedAgain()
    {
        var a = _job.Add(1).Open();

        Fail(_job.Dispatch(a), FailureCause.BadInput);

        Assert.Equal(FailureCause.BadInput, Assert.Single(_job.Outcomes).Failure!.Cause);
    }

    [Fact]
    public void RepliesArrived_PolicySaysNotWorthIt_FailsAtOnce()
    {
        var job = new LedgerHarness(new() { Retry = new() { MaxRetries = 2, ShouldRetry = failure => failure.Type == "Other" } });
        var a = job.Add(1).Open();
        var send = job.Dispatch(a);

        job.Reply(a, send.Sequence, complete: true, LedgerHarness.Error(send.Batches[0]));

        Assert.Single(job.Outcomes);
    }

    [Fact]
    public void RepliesArrived_OneOfAChunkFails_TheOthersAreReported()
    {
        var a = _job.Add(3).Open();
        var send = _job.Dispatch(a, 3);

        _job.Reply(a, send.Sequence, complete: true, LedgerHarness.Success(send.Batches[0]), LedgerHarness.Error(send.Batches[1]), LedgerHarness.Success(send.Batches[2]));

        Assert.Equal([0L, 2L], _job.Outcomes.Select(outcome => outcome.First));
        Assert.Equal(1, _job.Ledger.Delayed);
    }

    [Fact]
    public void RepliesArrived_EarlierAttemptSucceedsDuringThePause_EndsThePause()
    {
        var (a, b) = (_job.Add(1).Open("a"), _job.Open("b"));
        var first = _job.Dispatch(a);
        _job.Lose(a);
        Fail(_job.Dispatch(b));

        _job.Reply(a, first.Sequence, complete: true, LedgerHarness.Success(first.Batches[0]));

        Assert.True(_job.Ledger.IsSettled);
        Assert.Equal(0, _job.Ledger.Delayed);
        _job.Pass(Second);
        Assert.Null(_job.TryDispatch(b));
    }

    [Fact]
    public void JobCancelled_DuringAPause_EndsAsCancelled()
    {
        var a = _job.Add(1).Open();
        Fail(_job.Dispatch(a));

        _job.Cancel();

        Assert.Equal(FailureCause.Cancelled, Assert.Single(_job.Outcomes).Failure!.Cause);
        _job.Pass(Second);
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void TaskCancelled_InFlight_TellsItsWorkerAndDropsTheAnswer()
    {
        var a = _job.Add(2).Open();
        var send = _job.Dispatch(a, 2);
        var instructions = new List<JobInstruction>();

        _job.Ledger.Handle(new LedgerEvent.TaskCancelled(1, "enough"), instructions);

        Assert.Equal(new LedgerInstruction.CancelTask(a, 1), instructions[0]);
        Assert.Equal(new TaskFailure(FailureCause.Cancelled, "", "enough"), Assert.IsType<LedgerInstruction.Report>(instructions[1]).Settled.Failure);
        _job.Ledger.CheckInvariants();
        instructions.Clear();
        _job.Ledger.Handle(new LedgerEvent.RepliesArrived(a, send.Sequence, true, [.. send.Batches.Select(LedgerHarness.Success)], default), instructions);
        Assert.Equal(0, Assert.IsType<LedgerInstruction.Report>(Assert.Single(instructions)).Settled.First);
        Assert.Equal((1L, true), (_job.Ledger.LateReplies, _job.Ledger.IsSettled));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TaskCancelled_NotWithAWorker_IsReportedAndNeverSent(bool isDelayed)
    {
        var a = _job.Add(1).Open();
        if (isDelayed) Fail(_job.Dispatch(a));

        _job.Handle(new LedgerEvent.TaskCancelled(0, "enough"));

        Assert.Equal(FailureCause.Cancelled, Assert.Single(_job.Outcomes).Failure!.Cause);
        _job.Pass(Second);
        Assert.Null(_job.TryDispatch(a));
    }

    [Fact]
    public void TaskCancelled_DoneOrUnknown_ChangesNothing()
    {
        var a = _job.Add(1).Open();
        _job.Succeed(_job.Dispatch(a));

        _job.Handle(new LedgerEvent.TaskCancelled(0, "late"));
        _job.Handle(new LedgerEvent.TaskCancelled(77, "unknown"));

        Assert.Null(Assert.Single(_job.Outcomes).Failure);
    }

    [Fact]
    public void WorkerLeaving_ChunksThatNeverRun_WaitInPlanOrderAndItGetsNoMore()
    {
        var (a, b) = (_job.Add(4).Open("a", window: 3), _job.Open("b"));
        for (var i = 0; i < 3; i++) _job.Dispatch(a);

        _job.Handle(new LedgerEvent.WorkerLeaving(a, [1], _job.Now));

        Assert.Equal((3, 1), (_job.Ledger.Waiting, _job.Ledger.InFlight));
        Assert.Null(_job.TryDispatch(a));
        Assert.False(_job.Ledger.NextTravelsAlone);
        Assert.Equal([1, 2, 3], LedgerHarness.Numbers(_job.TryDispatch(b, 8)));
    }

    [Fact]
    public void WorkerLost_AfterItSaidItLeaves_BlamesNoTask()
    {
        _job.Add(1);
        for (var incarnation = 1; incarnation <= 10; incarnation++)
        {
            var life = _job.Open("a", incarnation: incarnation);
            var send = _job.Dispatch(life);
            _job.Handle(new LedgerEvent.WorkerLeaving(life, [send.Sequence], _job.Now));
            _job.Lose(life);
        }

        Assert.Empty(_job.Outcomes);
        Assert.Equal((1, 0, false), (_job.Ledger.Waiting, _job.Ledger.Isolated, _job.Ledger.NextTravelsAlone));
    }

    [Fact]
    public void WorkerLeaving_Unknown_ChangesNothing()
    {
        _job.Add(1).Dispatch(_job.Open());
        _job.Handle(new LedgerEvent.WorkerLeaving(LedgerHarness.Life("stranger"), [], _job.Now));
        Assert.Equal(1, _job.Ledger.InFlight);
    }

    private void Fail(LedgerInstruction.Send send, FailureCause cause = FailureCause.Exception) =>
        _job.Reply(send.Life, send.Sequence, complete: true, send.Batches.Select(task => LedgerHarness.Error(task, cause)));
}
