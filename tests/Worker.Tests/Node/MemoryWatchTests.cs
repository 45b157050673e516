using ActorCompute.Worker.Node;

namespace ActorCompute.Worker.Tests.Node;

/// <summary>When a process that grows takes no more, and when it ends.</summary>
public sealed class MemoryWatchTests
{
    private const long Limit = 100 << 20;

    private readonly MemoryWatch _watch = new(Limit);

    [Fact]
    public void Look_WithinTheLimit_IsFine()
    {
        Assert.Null(_watch.Look(Limit, TimeSpan.Zero));
        Assert.Null(new MemoryWatch(null).Look(long.MaxValue, TimeSpan.Zero));
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
        Assert.Null(_watch.Look(Limit - 1, TimeSpan.FromSeconds(0.5)));
        Assert.True(Deconstruct(Limit + 1, 2).MustEnd);
    }

    private (string Reason, bool MustEnd) Deconstruct(long memory, double seconds)
    {
        var excess = Assert.NotNull(_watch.Look(memory, TimeSpan.FromSeconds(seconds)));
        return (excess.Reason, excess.MustEnd);
    }
}
