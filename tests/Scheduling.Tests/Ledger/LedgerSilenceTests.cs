namespace ActorCompute.Scheduling.Tests.Ledger;

/// <summary>Workers that are not heard: lost, not dead.</summary>
public sealed class LedgerSilenceTests
{
    private readonly LedgerHarness _job = new(new() { Lease = TimeSpan.FromSeconds(5), SilenceWait = TimeSpan.FromSeconds(10) });

    [Fact]
    public void Silent_AgainAndAgain_TheTaskIsNeverBlamed()
    {
        _job.Add(1);
        for (var time = 1; time <= 10; time++)
        {
            var life = _job.Open();
            Assert.Single(LedgerHarness.Numbers(_job.Dispatch(life)));
            _job.Pass(TimeSpan.FromSeconds(6));
        }

        Assert.Equal(10, _job.Forgotten.Count);
        Assert.Empty(_job.Outcomes);
        _job.Succeed(_job.Dispatch(_job.Open()));
        Assert.Null(Assert.Single(_job.Outcomes).Failure);
    }

    [Fact]
    public void Silent_ADeathThatShowsLater_Counts()
    {
        _job.Add(1);
        for (var incarnation = 1; incarnation <= 2; incarnation++)
        {
            var life = _job.Open(incarnation: incarnation);
            _job.Dispatch(life);
            _job.Pass(TimeSpan.FromSeconds(6));
            _job.Handle(new LedgerEvent.WorkerExplained(life, "exited with status 139"));
        }

        // The third would be the last: the task travels alone, and waits for the truth.
        Assert.Equal((0, 1), (_job.Ledger.Waiting, _job.Ledger.Isolated));
        var third = _job.Open(incarnation: 3);
        Assert.True(_job.Dispatch(third).Batches.Count == 1);
        _job.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal((0, 0, 0), (_job.Ledger.Waiting, _job.Ledger.Isolated, _job.Ledger.InFlight));

        _job.Handle(new LedgerEvent.WorkerExplained(third, "ended by signal 11"));

        var failure = Assert.Single(_job.Outcomes).Failure!;
        Assert.Equal(FailureCause.WorkerDied, failure.Cause);
        Assert.Contains("died 3 times", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Silent_ThreeDeathsThatShowLate_TheTaskRanThreeTimes()
    {
        _job.Add(1);
        var lives = new List<WorkerLife>();
        foreach (var worker in new[] { "a", "b", "c" })
        {
            lives.Add(_job.Open(worker));
            _job.Dispatch(lives[^1]);
            _job.Pass(TimeSpan.FromSeconds(6));
        }

        // What is silent may all have died: the task is not given to a fourth.
        Assert.Null(_job.TryDispatch(_job.Open("d")));
        foreach (var life in lives) _job.Handle(new LedgerEvent.WorkerExplained(life, "exited with status 139"));
        Assert.Contains("died 3 times", Assert.Single(_job.Outcomes).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Silent_AtTheLastDeathAllowed_RunsAgainWhenNoDeathShows()
    {
        SilentWithTwoDeaths();
        _job.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(1, _job.Ledger.Isolated);
        _job.Succeed(_job.Dispatch(_job.Open("b")));
        Assert.Null(Assert.Single(_job.Outcomes).Failure);
    }

    [Fact]
    public void Silent_WorkerIsBack_RunsAgainAtOnce()
    {
        var life = SilentWithTwoDeaths();
        _job.Handle(new LedgerEvent.WorkerOpened(new(life, 1, 2, "a", "host", 1), _job.Now));
        Assert.Equal(1, _job.Ledger.Isolated);
        // What it was acquitted of does not come up again.
        _job.Handle(new LedgerEvent.WorkerExplained(life, "exited with status 1"));
        Assert.Empty(_job.Outcomes);
        _job.Succeed(_job.Dispatch(life));
        Assert.Null(Assert.Single(_job.Outcomes).Failure);
    }

    private WorkerLife SilentWithTwoDeaths()
    {
        _job.Add(1);
        for (var incarnation = 1; incarnation <= 2; incarnation++)
        {
            var life = _job.Open(incarnation: incarnation);
            _job.Dispatch(life);
            _job.Lose(life);
        }

        var third = _job.Open(incarnation: 3);
        _job.Dispatch(third);
        _job.Pass(TimeSpan.FromSeconds(6));
        Assert.Equal((0, 0, 0), (_job.Ledger.Waiting, _job.Ledger.Isolated, _job.Ledger.InFlight));
        return third;
    }
}
