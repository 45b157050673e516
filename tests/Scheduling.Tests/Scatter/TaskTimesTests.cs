namespace ActorCompute.Scheduling.Tests.Scatter;

public sealed class TaskTimesTests
{
    private readonly TaskTimes _times = new();

    [Fact]
    public void Limit_EnoughIsDone_IsTwiceTheMedian()
    {
        foreach (var seconds in new[] { 2, 100, 3, 1, 3 }) _times.Add(TimeSpan.FromSeconds(seconds));
        Assert.Equal(TimeSpan.FromSeconds(6), _times.Limit(new(), 75, 100));
        Assert.Null(_times.Limit(new(), 74, 100));
        Assert.Equal(TimeSpan.FromSeconds(12), _times.Limit(new() { Factor = 4, DoneShare = 0.5 }, 50, 100));
    }

    [Fact]
    public void Limit_TasksAreShort_IsTheLeastTime()
    {
        _times.Add(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromSeconds(1), _times.Limit(new(), 99, 100));
    }

    [Fact]
    public void Limit_NothingIsKnownOrNothingIsToBeCopied_IsNone()
    {
        Assert.Null(_times.Limit(new(), 100, 100));
        _times.Add(TimeSpan.FromSeconds(1));
        Assert.Null(_times.Limit(StragglerPolicy.None, 100, 100));
        Assert.Null(_times.Limit(new() { Factor = double.MaxValue }, 100, 100));
    }

    [Fact]
    public void Add_Many_TheLatestCount()
    {
        for (var i = 0; i < 1000; i++) _times.Add(TimeSpan.FromHours(1));
        for (var i = 0; i < 255; i++) _times.Add(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(2), _times.Limit(new(), 1, 1));
    }
}
