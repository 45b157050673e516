namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>Tasks that run much longer than the others, and their copies.</summary>
public sealed class LedgerCopyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly LedgerHarness _job = new();

    [Fact]
    public void Copy_TaskRanBeyondTheLimit_IsSentToTheIdleWorkerAsItsNextTry()
    {
        var (a, b) = (_job.Open("a"), _job.Open("b"));
        var send = _job.Add(1).Dispatch(a);
        _job.Pass(TimeSpan.FromSeconds(3));

        var copy = _job.Ledger.Copy(Limit, _job.Now)!.Value;

        Assert.Equal((b, 2, TimeSpan.FromSeconds(3)), (copy.Send.Life, copy.Send.Batches.Single().Attempt, copy.Elapsed));
        Assert.Equal(send.Batches[0].Payload.ToArray(), copy.Send.Batches[0].Payload.ToArray());
        _job.Ledger.CheckInvariants();
        Assert.Equal(1, _job.Ledger.InFlight);
        Assert.Null(_job.Ledger.Copy(Limit, _job.Now));
    }

    [Fact]
    public void Copy_NotBeyondTheLimitOrNobodyIsIdle_IsNone()
    {
        var (a, b) = (_job.Open("a"), _job.Open("b"));
        _job.Add(2).Dispatch(a);
        _job.Pass(TimeSpan.FromSeconds(1));
        Assert.Null(_job.Ledger.Copy(Limit, _job.Now));
        _job.Dispatch(b);
        _job.Pass(TimeSpan.FromSeconds(3));
        Assert.Null(_job.Ledger.Copy(Limit, _job.Now));
    }

    [Fact]
    public void Copy_OfAnotherHostIsIdle_IsPreferred()
    {
        var a = _job.Open("a");
        _job.Handle(new LedgerEvent.WorkerOpened(new(LedgerHarness.Life("b"), 1, 2, "b", "host-a", 1), _job.Now));
        var c = _job.Open("c");
        _job.Add(1).Dispatch(a);
        _job.Pass(TimeSpan.FromSeconds(3));

        Assert.Equal(c, _job.Ledger.Copy(Limit, _job.Now)!.Value.Send.Life);
    }

    [Fact]
    public void RepliesArrived_CopyIsFirst_ItsResultCountsAndTheFirstTryIsToldToStop()
    {
        var (a, copy) = Copied();

        var instructions = new List<JobInstruction>();
        _job.Ledger.Handle(new LedgerEvent.RepliesArrived(copy.Life, copy.Sequence, true, [LedgerHarness.Success(copy.Batches[0])], _job.Now), instructions);

        Assert.Contains(new LedgerInstruction.CancelTask(a, 0), instructions);
        Assert.Equal(2, Assert.Single(instructions.OfType<LedgerInstruction.Report>()).Settled.Run.Attempt);
        _job.Ledger.CheckInvariants();
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void RepliesArrived_FirstTryIsFirst_TheCopyIsToldToStop()
    {
        var (a, copy) = Copied();

        var instructions = new List<JobInstruction>();
        _job.Ledger.Handle(new LedgerEvent.RepliesArrived(a, 1, true, [new(0, 1, TimeSpan.Zero, LedgerHarness.ResultOf(0), null)], _job.Now), instructions);

        Assert.Contains(new LedgerInstruction.CancelTask(copy.Life, 0), instructions);
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void RepliesArrived_CopyFails_TheFirstTryDecides()
    {
        var (a, copy) = Copied();
        _job.Reply(copy.Life, copy.Sequence, complete: true, LedgerHarness.Error(copy.Batches[0]));
        Assert.Empty(_job.Outcomes);

        _job.Reply(a, 1, complete: true, new AttemptReply(0, 1, TimeSpan.Zero, LedgerHarness.ResultOf(0), null));

        Assert.Null(Assert.Single(_job.Outcomes).Failure);
    }

    [Fact]
    public void RepliesArrived_FirstTryFails_IsTheOutcome()
    {
        var (a, _) = Copied();
        _job.Reply(a, 1, complete: true, new AttemptReply(0, 1, TimeSpan.Zero, default, new(FailureCause.Exception, "T", "failed")));
        Assert.Equal("failed", Assert.Single(_job.Outcomes).Failure!.Message);
    }

    [Fact]
    public void WorkerLost_OfTheFirstTry_TheCopyIsTheTask()
    {
        var (a, copy) = Copied();
        _job.Lose(a);
        Assert.Equal((0, 1), (_job.Ledger.Waiting, _job.Ledger.InFlight));

        // Now its failure counts.
        _job.Reply(copy.Life, copy.Sequence, complete: true, LedgerHarness.Error(copy.Batches[0]));

        Assert.Equal(FailureCause.Exception, Assert.Single(_job.Outcomes).Failure!.Cause);
    }

    [Fact]
    public void WorkerLost_OfTheCopy_TheFirstTryGoesOnAndMayBeCopiedAgain()
    {
        var (a, copy) = Copied();
        _job.Lose(copy.Life);
        Assert.Equal((0, 1), (_job.Ledger.Waiting, _job.Ledger.InFlight));
        _job.Open("b", incarnation: 2);

        Assert.Equal(3, _job.Ledger.Copy(Limit, _job.Now)!.Value.Send.Batches[0].Attempt);
        _job.Reply(a, 1, complete: true, new AttemptReply(0, 1, TimeSpan.Zero, LedgerHarness.ResultOf(0), null));
        Assert.Null(Assert.Single(_job.Outcomes).Failure);
    }

    [Fact]
    public void WorkerLost_BothAndThenAgain_IsPoisonAsEver()
    {
        var (a, copy) = Copied();
        _job.Lose(a);
        _job.Lose(copy.Life);
        Assert.Empty(_job.Outcomes);
        var c = _job.Open("c");
        _job.Dispatch(c);
        _job.Lose(c, "exited with status 139");

        Assert.Equal(FailureCause.WorkerDied, Assert.Single(_job.Outcomes).Failure!.Cause);
    }

    private (WorkerLife First, LedgerInstruction.Send Copy) Copied()
    {
        var (a, _) = (_job.Open("a"), _job.Open("b"));
        _job.Add(1).Dispatch(a);
        _job.Pass(TimeSpan.FromSeconds(3));
        return (a, _job.Ledger.Copy(Limit, _job.Now)!.Value.Send);
    }
}
