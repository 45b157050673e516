using Akka.Actor;

namespace ActorCompute.Engine.Tests.Actor;

public sealed class ChildrenTests
{
    [Fact]
    public void AutoName_OfNumbers_IsShortAndUnique()
    {
        Assert.Equal("$a", Children.AutoName(0));
        Assert.Equal("$b", Children.AutoName(1));
        Assert.Equal("$ab", Children.AutoName(64));
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(number => Children.AutoName(number)).Distinct().Count());
    }

    [Theory]
    [InlineData(0, 1000, new long[] { 0 }, new[] { false })]
    [InlineData(-1, -1, new long[] { 0, 1, 2 }, new[] { true, true, true })]
    [InlineData(2, -1, new long[] { 0, 100_000, 200_000 }, new[] { true, true, false })]
    [InlineData(2, 1000, new long[] { 0, 10, 20 }, new[] { true, true, false })]
    [InlineData(2, 1000, new long[] { 0, 10, 2000, 2010, 2020 }, new[] { true, true, true, true, false })]
    [InlineData(-1, 1000, new long[] { 0, 10, 2000 }, new[] { true, false, true })]
    public void RequestRestartPermission_AtTheseTimes_IsGivenAsTheLimitsSay(int maximum, int window, long[] times, bool[] expected)
    {
        var stats = new ChildStats(ActorRefs.Nobody);

        Assert.Equal(expected, times.Select(time => stats.RequestRestartPermission(maximum, window, time)));
    }
}
