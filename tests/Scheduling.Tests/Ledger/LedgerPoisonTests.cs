namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>Tasks that kill their workers or fill their memory.</summary>
public sealed class LedgerPoisonTests
{
    private readonly LedgerHarness _job = new(new() { Lease = TimeSpan.FromHours(1), ExplanationWait = TimeSpan.FromSeconds(5) });

    [Fact]
    public void WorkerLost_LastAllowedDeath_WaitsForTheNextLifesWord()
    {
        var life = KillThrice();

        Assert.Empty(_job.Outcomes);
        Assert.Equal((0, 0, 0), (_job.Ledger.Waiting, _job.Ledger.Isolated, _job.Ledger.InFlight));
        _job.Handle(new LedgerEvent.WorkerExplained(LedgerHarness.Life("other"), "nothing to do with it"));
        Assert.Empty(_job.Outcomes);

        _job.Handle(new LedgerEvent.WorkerExplained(life, "ended by signal 11; it said: stack overflow"));

        var failure = Assert.Single(_job.Outcomes).Failure!;
        Assert.Equal(FailureCause.WorkerDied, failure.Cause);
        Assert.Contains("name-a on host-a (process 1003): ended by signal 11; it said: stack overflow", failure.Message, StringComparison.Ordinal);
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void TimePassed_NobodyExplains_FailsWithWhatWasSeen()
    {
        KillThrice();
        _job.Pass(TimeSpan.FromSeconds(4.9));
        Assert.Empty(_job.Outcomes);
        _job.Pass(TimeSpan.FromSeconds(0.1));
        Assert.Contains("connection lost", Assert.Single(_job.Outcomes).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RepliesArrived_LateSuccessOfAPoisonTask_Wins()
    {
        var life = KillThrice();
        _job.Reply(life, 1, complete: true, LedgerHarness.Success(new(0, default, Attempt: 3)));
        Assert.Null(Assert.Single(_job.Outcomes).Failure);
        _job.Handle(new LedgerEvent.WorkerExplained(life, "too late"));
        Assert.Single(_job.Outcomes);
    }

    [Fact]
    public void JobCancelled_PoisonTaskWaits_IsCancelled()
    {
        KillThrice();
        _job.Cancel();
        Assert.Equal(FailureCause.Cancelled, Assert.Single(_job.Outcomes).Failure!.Cause);
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void RepliesArrived_OutOfMemory_RunsAloneOnceAndThenFails()
    {
        var a = _job.Add(3).Open(slots: 2, window: 4);
        var (first, second) = (_job.Dispatch(a), _job.Dispatch(a));
        _job.Reply(a, first.Sequence, complete: false, LedgerHarness.Error(first.Batches[0], FailureCause.OutOfMemory));
        _job.Handle(new LedgerEvent.WorkerLeaving(a, [], TimeSpan.Zero));
        Assert.Equal((1, 2), (_job.Ledger.Isolated, _job.Ledger.Waiting));
        _job.Lose(a);

        var b = _job.Open("a", slots: 2, window: 4, incarnation: 2);
        var alone = _job.Dispatch(b, 8);
        Assert.Equal([0L], LedgerHarness.Numbers(alone));
        Assert.Null(_job.TryDispatch(b));
        _job.Reply(b, alone.Sequence, complete: true, LedgerHarness.Error(alone.Batches[0], FailureCause.OutOfMemory));

        Assert.Equal(FailureCause.OutOfMemory, Assert.Single(_job.Outcomes).Failure!.Cause);
        Assert.Equal([1L, 2L], LedgerHarness.Numbers(_job.Dispatch(b, 8)).Order());
        _ = second;
    }

    [Fact]
    public void RepliesArrived_TimedOut_IsNotTriedAgain()
    {
        var job = new LedgerHarness(new() { Retry = new() { MaxRetries = 5 } });
        var a = job.Add(1).Open();
        var send = job.Dispatch(a);
        job.Reply(a, send.Sequence, complete: true, LedgerHarness.Error(send.Batches[0], FailureCause.TimedOut));
        Assert.Equal(FailureCause.TimedOut, Assert.Single(job.Outcomes).Failure!.Cause);
    }

    /// <summary>Task 0 alone on three lives of worker a, each of which is lost.</summary>
    private WorkerLife KillThrice()
    {
        _job.Add(1);
        WorkerLife life = default;
        for (var incarnation = 1; incarnation <= 3; incarnation++)
        {
            life = _job.Open("a", incarnation: incarnation);
            _job.Dispatch(life);
            _job.Lose(life, "connection lost", explained: false);
        }

        return life;
    }

    [Fact]
    public void WorkerLost_BeforeTheLoneTaskHadBegun_IsNotItsDeath()
    {
        var job = new LedgerHarness(new() { MaxWorkerDeaths = 3 }) { AsksToBegin = false };
        job.Add(1);
        for (var incarnation = 1; incarnation <= 20; incarnation++)
        {
            var life = job.Open("a", incarnation: incarnation);
            Assert.Equal(incarnation > 2, job.Dispatch(life).IsAlone);
            job.Lose(life);
        }

        Assert.Empty(job.Outcomes);
        Assert.Equal(1, job.Ledger.Isolated);
    }

    [Fact]
    public void ChunkReady_OfAChunkThatIsHere_MayBegin()
    {
        var job = new LedgerHarness(new() { MaxWorkerDeaths = 2 }) { AsksToBegin = false };
        job.Add(1).Dispatch(job.Open());
        job.Lose(LedgerHarness.Life());
        var life = job.Open(incarnation: 2);
        var send = job.Dispatch(life);

        var instructions = new List<JobInstruction>();
        job.Ledger.Handle(new LedgerEvent.ChunkReady(life, send.Sequence, job.Now), instructions);
        Assert.Equal([new LedgerInstruction.BeginChunk(life, send.Sequence)], instructions);
    }

    [Fact]
    public void ChunkReady_OfAChunkThatRunsElsewhere_IsTakenBack()
    {
        var job = new LedgerHarness { AsksToBegin = false };
        var life = job.Open();
        var instructions = new List<JobInstruction>();
        job.Ledger.Handle(new LedgerEvent.ChunkReady(life, 7, job.Now), instructions);
        Assert.Equal([new LedgerInstruction.RecallChunk(life, 7)], instructions);
    }
}
