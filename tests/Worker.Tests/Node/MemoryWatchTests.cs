using ActorCompute.Worker.Node;

namespace ActorCompute.Worker.Tests.Node;

/// <summary>When a process that grows takes no more, and when it ends.</summary>
public sealed class MemoryWatchTests
{
    private const long Limit = 100 << 20;

    private readonly MemoryWatch _watch;
    private long _memory;

    public MemoryWatchTests() => _watch = new(Limit, () => _memory);

    [Fact]
    public void Look_WithinTheLimit_IsFine()
    {
        _memory = Limit;
        Assert.Null(_watch.Look(TimeSpan.Zero));
        Assert.Null(new MemoryWatch(null, () => long.MaxValue).Look(TimeSpan.Zero));
    }

    [Fact]
    public void Look_SomewhatOver_LetsTasksEndForASecond()
    {
        Assert.Equal(("its process took 101 MiB of memory, the limit is 100 MiB", false), Deconstruct(Limit + (1 << 20), 10));
        Assert.False(Deconstruct(Limit + 1, 10.9).MustEnd);
        Assert.True(Deconstruct(Limit + 1, 11).MustEnd);
    }

    [Fact]
    public void Look_FarOver_EndsAtOnce() => Assert.True(Deconstruct(Limit / 4 * 5, 0).MustEnd);

    [Fact]
    public void Look_FellBelowMeanwhile_IsFineAndTheTimeRunsOn()
    {
        Assert.False(Deconstruct(Limit + 1, 0).MustEnd);
        _memory = Limit - 1;
        Assert.Null(_watch.Look(TimeSpan.FromSeconds(0.5)));
        Assert.True(Deconstruct(Limit + 1, 2).MustEnd);
    }

    [Theory]
    [InlineData(84, true)]
    [InlineData(85, false)]
    public void CheckRoom_TakenBeforeTheFirstTask_LeavesAMarginOrIsRefused(long taken, bool isEnough)
    {
        _memory = taken << 20;
        if (isEnough) _watch.CheckRoom();
        else Assert.Contains("takes 85 MiB before the first of them; give at least 101M.", Assert.Throws<InputException>(_watch.CheckRoom).Message, StringComparison.Ordinal);
        new MemoryWatch(null, () => long.MaxValue).CheckRoom();
    }

    private (string Reason, bool MustEnd) Deconstruct(long memory, double seconds)
    {
        _memory = memory;
        var excess = Assert.NotNull(_watch.Look(TimeSpan.FromSeconds(seconds)));
        return (excess.Reason, excess.MustEnd);
    }
}
