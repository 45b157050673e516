namespace ActorCompute.Scheduling.Tests.Events;

/// <summary>The events of a job, within a bound.</summary>
public sealed class SchedulingLogTests
{
    private readonly SchedulingLog _log = new();
    private readonly List<SchedulingEvent> _read = [];
    private long _position;

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(SchedulingLog.Most)]
    public void Read_NotMoreThanAreKept_GivesAllInOrder(int events)
    {
        Add(events);
        Assert.Equal(0, _log.Read(ref _position, _read));
        Assert.Equal(Enumerable.Range(0, events).Select(i => (long)i), _read.Select(what => what.Number));
        Assert.Equal(events, _position);
    }

    [Fact]
    public void Read_MoreThanAreKept_GivesTheLatestAndSaysHowManyAreGone()
    {
        Add(SchedulingLog.Most + 10);
        Assert.Equal(10, _log.Read(ref _position, _read));
        Assert.Equal((SchedulingLog.Most, 10L, SchedulingLog.Most + 9L), (_read.Count, _read[0].Number, _read[^1].Number));
    }

    [Fact]
    public void Read_Again_GivesWhatCameSince()
    {
        Add(3);
        _log.Read(ref _position, _read);
        _read.Clear();
        Assert.Equal(0, _log.Read(ref _position, _read));
        Assert.Empty(_read);
        _log.Now = TimeSpan.FromSeconds(7);
        _log.Add(SchedulingEventKind.WorkerLost, "w1", "gone");
        _log.Read(ref _position, _read);
        Assert.Equal(new SchedulingEvent(TimeSpan.FromSeconds(7), SchedulingEventKind.WorkerLost, Worker: "w1", Reason: "gone"), Assert.Single(_read));
    }

    private void Add(int events)
    {
        for (var i = 0; i < events; i++) _log.Add(SchedulingEventKind.Sent, new TaskBatch(i, default), attempt: 1);
    }
}
