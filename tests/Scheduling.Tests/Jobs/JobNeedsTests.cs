namespace ActorCompute.Scheduling.Tests.Jobs;

/// <summary>Workers for a job whose tasks need resources.</summary>
public sealed class JobNeedsTests
{
    private readonly WorkerRoster _roster = new(Resources.Of(("gpu", 4)));

    [Fact]
    public void Update_WorkerWithTooLittle_IsNotAsked()
    {
        var (small, large) = (Worker("a", Resources.Of(("gpu", 2))), Worker("b", Resources.Of(("gpu", 8))));
        _roster.Update([small, large]);
        Assert.Equal([large], _roster.ToOpen());
        Assert.Equal([large], _roster.Known);
        Assert.Null(_roster.NobodyWill);
    }

    [Fact]
    public void NobodyWill_AllHaveTooLittle_NamesTheLargest()
    {
        _roster.Update([Worker("a", Resources.Of(("gpu", 1))), Worker("b", Resources.Of(("gpu", 2), ("mem", 7))), Worker("c", Resources.None)]);
        Assert.Equal("it needs gpu=4, and the most there is is gpu=2 (b on host)", _roster.NobodyWill);
    }

    [Fact]
    public void NobodyWill_NobodyHasAny_SaysSo()
    {
        _roster.Update([Worker("a", Resources.Of(("mem", 5))), Worker("c", Resources.None)]);
        Assert.Equal("it needs gpu=4, and no worker has any of that", _roster.NobodyWill);
    }

    [Fact]
    public void NobodyWill_SeveralNeeds_NamesTheWorkerThatMeetsMost()
    {
        var roster = new WorkerRoster(Resources.Of(("gpu", 2), ("mem", 100)));
        roster.Update([Worker("a", Resources.Of(("mem", 99))), Worker("b", Resources.Of(("gpu", 2), ("mem", 50))), Worker("c", Resources.Of(("gpu", 1)))]);
        Assert.Equal("it needs gpu=2 mem=100, and the most there is is gpu=2 mem=50 (b on host)", roster.NobodyWill);
    }

    [Fact]
    public void NobodyWill_OneRefusesAndOneHasTooLittle_GivesBothReasons()
    {
        var (able, small) = (Worker("a", Resources.Of(("gpu", 4))), Worker("b", Resources.None));
        _roster.Update([able, small]);
        _ = _roster.ToOpen().ToList();
        Assert.Null(_roster.NobodyWill);
        _roster.Refused(able.Life, "no such kind");
        Assert.Equal("no such kind; it needs gpu=4, and no worker has any of that", _roster.NobodyWill);
    }

    [Fact]
    public void NobodyWill_TheOneThatHasEnoughIsAway_WaitsForIt()
    {
        var (able, small) = (Worker("a", Resources.Of(("gpu", 4))), Worker("b", Resources.None));
        _roster.Update([able, small]);
        _ = _roster.ToOpen().ToList();
        _roster.Opened(able.Life);
        _roster.Lost(able.Life);
        _roster.Update([small]);
        Assert.Null(_roster.NobodyWill);
        // Started again with less.
        _roster.Update([small, Worker("a", Resources.Of(("gpu", 3)), 2)]);
        Assert.Equal("it needs gpu=4, and the most there is is gpu=3 (a on host)", _roster.NobodyWill);
    }

    private static SeenWorker Worker(string id, Resources has, long incarnation = 1) => new(new(new(id), incarnation), id, "host", 1) { Has = has };
}
