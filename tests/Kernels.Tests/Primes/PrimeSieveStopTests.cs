using ActorCompute.Kernels.Primes;

namespace ActorCompute.Kernels.Tests.Primes;

/// <summary>A count that is stopped, and one that goes on from there, are the count of the whole interval.</summary>
public sealed class PrimeSieveStopTests
{
    // Segments of some 7 million numbers, with primes too large for the blocks too.
    private static readonly SieveTuning Small = new() { LargestBlockPrime = SieveTuning.LeastLargestBlockPrime, SmallestSegmentBytes = 1 << 18, LargestSegmentBytes = 1 << 18 };

    [Theory]
    [InlineData(0, 60_000_000)]
    [InlineData(7, 50_000_001)]
    [InlineData(1_000_000_000_000, 1_000_050_000_000)]
    public void Count_StoppedBetweenAnySegments_GoesOnWhereItStopped(ulong from, ulong to)
    {
        var whole = PrimeSieve.Count(from, to, Small);
        for (var segments = 1; segments <= 3; segments++)
        {
            var left = segments;
            var count = PrimeSieve.Count(from, to, _ => --left == 0, out var counted, Small, default);
            Assert.InRange(counted, from, to - 1);
            Assert.Equal(whole, count + PrimeSieve.Count(counted + 1, to, Small));
        }
    }

    [Fact]
    public void Count_StopAtTheEnd_IsNotAsked()
    {
        var asked = 0;
        Assert.Equal(25UL, PrimeSieve.Count(0, 100, _ => ++asked > 0, out var counted));
        Assert.Equal((0, 100UL), (asked, counted));
    }

    [Fact]
    public void Count_LastSegmentOfAllNumbers_EndsThere() =>
        Assert.Equal((PrimeSieve.Count(ulong.MaxValue - 1000, ulong.MaxValue), ulong.MaxValue), (PrimeSieve.Count(ulong.MaxValue - 1000, ulong.MaxValue, _ => true, out var counted), counted));
}
