namespace ActorCompute.Scheduling.Tests.Jobs;

public sealed class WorkerRosterTests
{
    private readonly WorkerRoster _roster = new(Resources.None);

    [Fact]
    public void Update_NewWorkers_AreToOpenTheJob()
    {
        var (a, b) = (Worker("a"), Worker("b"));

        Assert.Empty(_roster.Update([a, b]));

        Assert.Empty(_roster.Known);
        Assert.Equal([a, b], _roster.ToOpen());
        Assert.Equal([a, b], _roster.Known);
        Assert.True(_roster.Knows(a.Life));
    }

    [Fact]
    public void ToOpen_UntilAnswered_AsksAgain()
    {
        var (a, b, c) = (Worker("a"), Worker("b"), Worker("c"));
        _roster.Update([a, b, c]);
        Assert.Equal(3, _roster.ToOpen().Count());

        Assert.Equal(b, _roster.Opened(b.Life));
        _roster.Refused(c.Life, "no");

        Assert.Equal([a], _roster.ToOpen());
    }

    [Fact]
    public void Update_LaterLife_NamesTheOneItReplaces()
    {
        var (first, second) = (Worker("a", 1), Worker("a", 2));
        _roster.Update([first]);
        _ = _roster.ToOpen().ToList();
        _roster.Opened(first.Life);

        Assert.Equal([first.Life], _roster.Update([second]));
        Assert.Equal(first, _roster.Lost(first.Life));

        Assert.False(_roster.Knows(first.Life));
        Assert.Equal([second], _roster.ToOpen());
    }

    [Fact]
    public void Update_EarlierLifeInALateView_ReplacesNothing()
    {
        _roster.Update([Worker("a", 2)]);
        Assert.Empty(_roster.Update([Worker("a", 1)]));
    }

    [Fact]
    public void Update_WorkersMissing_ThatWithTheJobOpenIsKept()
    {
        var (open, asked) = (Worker("a"), Worker("b"));
        _roster.Update([open, asked]);
        _ = _roster.ToOpen().ToList();
        _roster.Opened(open.Life);

        // A seed that was started again knows nobody yet.
        Assert.Empty(_roster.Update([]));

        Assert.Equal([open], _roster.Known);
    }

    [Fact]
    public void Update_SeenOrRefusingWorkerMissing_IsDropped()
    {
        var (seen, refusing) = (Worker("a"), Worker("b"));
        _roster.Update([refusing]);
        _ = _roster.ToOpen().ToList();
        _roster.Refused(refusing.Life, "no");
        _roster.Update([refusing, seen]);

        _roster.Update([]);

        Assert.False(_roster.Knows(seen.Life));
        Assert.False(_roster.Knows(refusing.Life));
        Assert.Null(_roster.NobodyWill);
    }

    [Fact]
    public void NobodyWill_AllRefuse_GivesEachReasonOnce()
    {
        var (a, b, c) = (Worker("a"), Worker("b"), Worker("c"));
        Assert.Null(_roster.NobodyWill);
        _roster.Update([a, b, c]);
        _roster.Refused(a.Life, "no such file");
        _roster.Refused(b.Life, "other version");
        Assert.Null(_roster.NobodyWill);

        _roster.Refused(c.Life, "no such file");

        Assert.Equal("no such file; other version", _roster.NobodyWill);
    }

    [Fact]
    public void Lost_WorkerInTheNextView_IsSeenAnew()
    {
        var a = Worker("a");
        _roster.Update([a]);
        _ = _roster.ToOpen().ToList();
        _roster.Opened(a.Life);

        Assert.Equal(a, _roster.Lost(a.Life));
        Assert.Null(_roster.Lost(a.Life));
        _roster.Update([a]);

        Assert.Equal([a], _roster.ToOpen());
    }

    [Fact]
    public void Update_DiesThreeTimesWhileItOpens_IsAskedNoMore()
    {
        for (var incarnation = 1; incarnation <= 3; incarnation++)
        {
            var worker = Worker("a", incarnation);
            _roster.Update([worker]);
            Assert.Equal([worker], _roster.ToOpen());
            Assert.Null(_roster.NobodyWill);
            _roster.Lost(worker.Life);
        }

        _roster.Update([Worker("a", 4) with { PreviousEnd = "exited with status 0" }]);

        Assert.Empty(_roster.ToOpen());
        Assert.Equal("its process died 3 times while it opened the job; the last one exited with status 0", _roster.NobodyWill);
    }

    [Fact]
    public void Update_OpenedInBetween_DeathsBeforeDoNotCount()
    {
        for (var incarnation = 1; incarnation <= 6; incarnation++)
        {
            var worker = Worker("a", incarnation);
            _roster.Update([worker]);
            Assert.Equal([worker], _roster.ToOpen());
            if (incarnation == 3) _roster.Opened(worker.Life);
            _roster.Lost(worker.Life);
        }
    }

    [Fact]
    public void Update_NextIncarnationOfOneThatRefused_IsNotAsked()
    {
        var first = Worker("a");
        _roster.Update([first]);
        _ = _roster.ToOpen().ToList();
        _roster.Refused(first.Life, "no such kind");
        _roster.Lost(first.Life);

        _roster.Update([Worker("a", 2)]);

        Assert.Empty(_roster.ToOpen());
        Assert.Equal("no such kind", _roster.NobodyWill);
    }

    [Fact]
    public void Leaving_EndsWhileItOpensTheJob_IsNoDeath()
    {
        for (var incarnation = 1L; incarnation <= 10; incarnation++)
        {
            _roster.Update([Worker("a", incarnation)]);
            Assert.Single(_roster.ToOpen());
            _roster.Leaving(Worker("a", incarnation).Life);
            _roster.Lost(Worker("a", incarnation).Life);
        }

        Assert.Null(_roster.NobodyWill);
    }

    [Fact]
    public void Knows_Stranger_IsFalse() => Assert.False(_roster.Knows(Worker("a").Life));

    private static SeenWorker Worker(string id, long incarnation = 1) => new(new(new(id), incarnation), id, "host", 1);
}
