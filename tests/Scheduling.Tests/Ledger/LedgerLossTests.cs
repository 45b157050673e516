namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>What the loss of workers and of messages does to the account.</summary>
public sealed class LedgerLossTests
{
    private static readonly LedgerOptions Options = new() { Lease = TimeSpan.FromSeconds(5), MaxWorkerDeaths = 3 };

    private readonly LedgerHarness _job = new(Options);

    [Fact]
    public void WorkerLost_ChunksInFlight_TheirTasksWaitInFrontInPlanOrder()
    {
        var (a, b) = (_job.Add(6).Open("a", slots: 1, window: 2), _job.Open("b"));
        _job.Dispatch(a, 2);
        _job.Dispatch(a, 2);

        _job.Lose(a);

        Assert.Equal((6, 0), (_job.Ledger.Waiting, _job.Ledger.InFlight));
        // The first chunk can have run, so its tasks travel alone; the second one did not.
        Assert.Equal([0], LedgerHarness.Numbers(_job.TryDispatch(b, 8)));
        Assert.Equal([1], LedgerHarness.Numbers(_job.TryDispatch(b, 8)));
        Assert.Equal([2, 3, 4, 5], LedgerHarness.Numbers(_job.TryDispatch(b, 8)));
    }

    [Fact]
    public void WorkerLost_Unknown_ChangesNothing()
    {
        _job.Add(1).Dispatch(_job.Open());
        _job.Lose(LedgerHarness.Life("stranger"));
        Assert.Equal(1, _job.Ledger.InFlight);
    }

    [Fact]
    public void WorkerLost_PartOfTheChunkAnswered_OnlyTheRestGoesBack()
    {
        var a = _job.Add(3).Open();
        var send = _job.Dispatch(a, 3);
        _job.Reply(a, send.Sequence, complete: false, LedgerHarness.Success(send.Batches[0]));

        _job.Lose(a);

        Assert.Equal(2, _job.Ledger.Waiting);
        Assert.True(_job.Ledger.NextTravelsAlone);
        Assert.Equal([1], LedgerHarness.Numbers(_job.TryDispatch(_job.Open("b"), 8)));
    }

    [Fact]
    public void Dispatch_SuspectBehindOthers_EndsTheChunkBeforeIt()
    {
        var (a, b) = (_job.Add(2).Open("a"), _job.Open("b"));
        _job.Dispatch(a);
        _job.Dispatch(b);
        _job.Lose(a);
        // Task 1 did not arrive, and comes to stand before task 0, whose worker died.
        _job.Report(b, 1);
        _job.Report(b, 1);

        Assert.Equal([1], LedgerHarness.Numbers(_job.TryDispatch(b, 8)));
        Assert.Equal([0], LedgerHarness.Numbers(_job.TryDispatch(b, 8)));
    }

    [Fact]
    public void WorkerLost_TaskAloneAsOftenAsAllowed_FailsAsPoison()
    {
        _job.Add(1);
        for (var incarnation = 1; incarnation <= 3; incarnation++)
        {
            Assert.Empty(_job.Outcomes);
            var life = _job.Open("a", incarnation: incarnation);
            _job.Dispatch(life);
            _job.Lose(life, "exit status 139");
        }

        var outcome = Assert.Single(_job.Outcomes);
        Assert.Equal(FailureCause.WorkerDied, outcome.Failure!.Cause);
        Assert.Contains("3 times", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("exit status 139", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("name-a", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, outcome.Run.Attempt);
        Assert.True(_job.Ledger.IsSettled);
    }

    [Fact]
    public void WorkerLost_TasksTogetherInAChunk_NoneIsBlamed()
    {
        _job.Add(2);
        var a = _job.Open();
        _job.Dispatch(a, 2);
        _job.Lose(a);

        // Each alone from now on: three more deaths are needed to blame one.
        for (var incarnation = 2; incarnation <= 4; incarnation++)
        {
            var life = _job.Open("a", incarnation: incarnation);
            Assert.Equal([0], LedgerHarness.Numbers(_job.TryDispatch(life, 8)));
            _job.Lose(life);
        }

        Assert.Equal(0, Assert.Single(_job.Outcomes).First);
        Assert.Equal(1, _job.Ledger.Waiting);
    }

    [Fact]
    public void WorkerLost_ChunksBehindTheSlots_AreNotSuspect()
    {
        _job.Add(20);
        for (var incarnation = 1; incarnation <= 4; incarnation++)
        {
            var life = _job.Open("a", slots: 1, window: 2, incarnation: incarnation);
            _job.Dispatch(life);
            _job.TryDispatch(life);
            _job.Lose(life);
        }

        // Task 0 ran in three lives and is poison; task 1 was first in the fourth only.
        Assert.Equal(0, Assert.Single(_job.Outcomes).First);
        Assert.True(_job.Ledger.NextTravelsAlone);
        var last = _job.Open("a", incarnation: 5);
        Assert.Equal([1], LedgerHarness.Numbers(_job.TryDispatch(last, 8)));
        Assert.Equal(18, LedgerHarness.Numbers(_job.TryDispatch(last, 18)).Count());
    }

    [Fact]
    public void WorkerLost_InnocentAlwaysBesideTheCulprit_OnlyTheCulpritIsBlamed()
    {
        // Two slots, and task 0 kills its worker whenever it runs.
        _job.Add(2);
        for (var incarnation = 1; incarnation <= 10 && !_job.Ledger.IsSettled; incarnation++)
        {
            var life = _job.Open("a", slots: 2, window: 4, incarnation: incarnation);
            var running = new List<LedgerInstruction.Send>();
            while (_job.TryDispatch(life) is { } send) running.Add(send);
            if (running.SelectMany(LedgerHarness.Numbers).Contains(0)) _job.Lose(life);
            else running.ForEach(_job.Succeed);
        }

        Assert.Equal([(0L, FailureCause.WorkerDied), (1L, null)], _job.Outcomes.OrderBy(outcome => outcome.First).Select(outcome => (outcome.First, outcome.Failure?.Cause)));
    }

    [Fact]
    public void Dispatch_NextDeathWouldBeTheLast_WaitsForAWorkerWithNothingElse()
    {
        _job.Add(1);
        for (var incarnation = 1; incarnation <= 2; incarnation++)
        {
            var life = _job.Open("a", incarnation: incarnation);
            _job.Dispatch(life);
            _job.Lose(life);
        }

        _job.Add(3);
        Assert.Equal((3, 1), (_job.Ledger.Waiting, _job.Ledger.Isolated));
        var (busy, idle) = (_job.Open("b", window: 4), _job.Open("c", window: 4));
        // The first chunk to an idle worker is the isolated task, alone; meanwhile it takes no other.
        Assert.Equal([0], LedgerHarness.Numbers(_job.TryDispatch(busy, 8)));
        Assert.Null(_job.TryDispatch(busy, 8));
        Assert.Equal([1], LedgerHarness.Numbers(_job.TryDispatch(idle)));
        _job.Reply(busy, 1, complete: true);
        Assert.Equal([2], LedgerHarness.Numbers(_job.TryDispatch(idle)));
    }

    [Fact]
    public void ReportArrived_ChunkMissingOnce_WaitsForASecondReport()
    {
        var a = _job.Add(1).Open();
        _job.Dispatch(a);

        _job.Report(a, lastSequence: 1);
        Assert.Equal(1, _job.Ledger.InFlight);
        _job.Report(a, lastSequence: 1);
        Assert.Equal(1, _job.Ledger.Waiting);
        Assert.False(_job.Ledger.NextTravelsAlone);
    }

    [Fact]
    public void ReportArrived_MissingThenHeld_StartsCountingAnew()
    {
        var a = _job.Add(1).Open();
        _job.Dispatch(a);

        _job.Report(a, 1);
        _job.Report(a, 1, 1);
        _job.Report(a, 1);

        Assert.Equal(1, _job.Ledger.InFlight);
    }

    [Fact]
    public void ReportArrived_ChunkStillOnItsWay_IsNotMissing()
    {
        var a = _job.Add(1).Open();
        _job.Dispatch(a);

        for (var i = 0; i < 5; i++) _job.Report(a, lastSequence: 0);

        Assert.Equal(1, _job.Ledger.InFlight);
    }

    [Fact]
    public void ReportArrived_NeverArrivedWithinALease_IsLost()
    {
        var a = _job.Add(1).Open();
        _job.Dispatch(a);
        for (var i = 0; i < 6; i++)
        {
            _job.Report(a, lastSequence: 0);
            _job.Pass(TimeSpan.FromSeconds(1));
        }

        _job.Report(a, 0);
        _job.Report(a, 0);

        Assert.Equal(1, _job.Ledger.Waiting);
        Assert.Empty(_job.Forgotten);
    }

    [Fact]
    public void ReportArrived_LaterChunkHeld_OnlyTheMissingOneGoesBack()
    {
        var a = _job.Add(3).Open(window: 3);
        for (var i = 0; i < 3; i++) _job.Dispatch(a);

        _job.Report(a, 3, 2);
        _job.Report(a, 3, 2);

        Assert.Equal((2, 1), (_job.Ledger.Waiting, _job.Ledger.InFlight));
        Assert.Equal([0, 2], LedgerHarness.Numbers(_job.TryDispatch(a, 8)));
    }

    [Fact]
    public void ReportArrived_FromAWorkerThatNeverOpened_ChangesNothing()
    {
        var a = _job.Add(1).Open();
        _job.Dispatch(a);
        _job.Report(LedgerHarness.Life("stranger"), 9);
        _job.Report(LedgerHarness.Life("stranger"), 9);
        Assert.Equal(1, _job.Ledger.InFlight);
    }

    [Fact]
    public void TimePassed_SilentForLongerThanTheLease_IsForgottenAndItsTasksWait()
    {
        var (a, b) = (_job.Add(2).Open("a"), _job.Open("b"));
        _job.Dispatch(a);
        _job.Dispatch(b);
        _job.Pass(Options.Lease);
        Assert.Empty(_job.Forgotten);
        _job.Report(b, 1, 1);

        _job.Pass(TimeSpan.FromMilliseconds(1));

        Assert.Equal(a, Assert.Single(_job.Forgotten).Life);
        Assert.Equal(b, Assert.Single(_job.Ledger.Workers).Life);
        Assert.Equal((1, 1), (_job.Ledger.Waiting, _job.Ledger.InFlight));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TimePassed_WorkerAnswersNowAndThen_KeepsItsLease(bool byReport)
    {
        var a = _job.Add(1).Open();
        var send = _job.Dispatch(a);
        for (var i = 0; i < 10; i++)
        {
            _job.Pass(TimeSpan.FromSeconds(4));
            if (byReport) _job.Report(a, 1, 1);
            else _job.Reply(a, send.Sequence, complete: false);
        }

        Assert.Empty(_job.Forgotten);
        Assert.Equal(1, _job.Ledger.InFlight);
    }

    [Fact]
    public void WorkerOpened_SameLifeAfterItWasForgotten_ContinuesItsSequenceNumbers()
    {
        var a = _job.Add(4).Open();
        Assert.Equal(1, _job.Dispatch(a).Sequence);
        Assert.Equal(2, _job.Dispatch(a).Sequence);
        _job.Pass(Options.Lease + TimeSpan.FromSeconds(1));

        _job.Open();

        Assert.Equal(3, _job.Dispatch(a).Sequence);
        // Another life begins anew: its process has seen none.
        Assert.Equal(1, _job.Dispatch(_job.Open(incarnation: 2)).Sequence);
    }
}
