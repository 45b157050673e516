using ActorCompute.Worker.Shared;

namespace ActorCompute.Worker.Tests.Shared;

public sealed class RecentEntriesTests
{
    private readonly RecentEntries<string, int> _entries = new(100, TimeSpan.FromSeconds(10));

    [Fact]
    public void Set_BeyondTheBound_DropsTheLongestUnused()
    {
        _entries.Set("a", 1, 40, At(0));
        _entries.Set("b", 2, 40, At(1));
        Assert.True(_entries.TryGet("a", At(2), out _));
        _entries.Set("c", 3, 40, At(3));
        Assert.Equal([(true, 1), (false, 0), (true, 3)], new[] { "a", "b", "c" }.Select(key => (_entries.TryGet(key, At(4), out var value), value)));
        Assert.Equal((2, 80), (_entries.Count, _entries.Bytes));
    }

    [Fact]
    public void Set_LargerThanTheBound_StaysAlone()
    {
        _entries.Set("a", 1, 40, At(0));
        _entries.Set("b", 2, 500, At(1));
        Assert.True(_entries.TryGet("b", At(2), out _));
        Assert.Equal((1, 500), (_entries.Count, _entries.Bytes));
    }

    [Fact]
    public void Set_ThatIsThere_TakesItsPlace()
    {
        _entries.Set("a", 1, 40, At(0));
        _entries.Set("a", 2, 30, At(0));
        Assert.True(_entries.TryGet("a", At(0), out var value));
        Assert.Equal((2, 30), (value, _entries.Bytes));
    }

    [Fact]
    public void Trim_UnusedForLong_IsDropped()
    {
        _entries.Set("a", 1, 1, At(0));
        _entries.Set("b", 2, 1, At(0));
        _entries.TryGet("a", At(5), out _);
        _entries.Trim(At(11));
        Assert.Equal([true, false], new[] { "a", "b" }.Select(key => _entries.TryGet(key, At(11), out _)));
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);
}
