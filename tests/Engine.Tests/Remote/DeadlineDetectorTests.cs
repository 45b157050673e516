using Akka.Remote.DeathWatch;

namespace ActorCompute.Engine.Tests.Remote;

public class DeadlineDetectorTests
{
    private static readonly DetectorSettings Settings = new(
        HeartbeatInterval: TimeSpan.FromSeconds(1), AcceptablePause: TimeSpan.FromSeconds(3), ExpectedResponseAfter: TimeSpan.FromSeconds(2));

    private readonly ManualTime _time = new();

    [Fact]
    public void IsAvailable_NothingHeardYet_UntilTheFirstCouldHaveCome()
    {
        var detector = new DeadlineDetector(Settings, _time);

        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(detector.IsAvailable);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(detector.IsAvailable);
    }

    [Fact]
    public void IsAvailable_Heartbeats_UntilThePauseIsTooLong()
    {
        var detector = new DeadlineDetector(Settings, _time);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(4));
            Assert.True(detector.IsAvailable);
            detector.Heartbeat();
        }

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.True(detector.IsAvailable);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(detector.IsAvailable);
    }

    [Fact]
    public void Look_LooksOnTime_SilenceIsSilence()
    {
        var detector = new DeadlineDetector(Settings, _time);
        detector.Heartbeat();
        for (var i = 0; i < 4; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(detector.Look());
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(detector.Look());
    }

    [Fact]
    public void Look_StoodStillItself_GivesThePeerItsWholeTimeAgain()
    {
        var detector = new DeadlineDetector(Settings, _time);
        detector.Heartbeat();
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(detector.Look());

        for (var i = 0; i < 4; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.True(detector.Look());
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(detector.Look());
    }

    [Fact]
    public void IsAvailable_HeardAfterSilence_IsTrueAgain()
    {
        var detector = new DeadlineDetector(Settings, _time);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.False(detector.IsAvailable);

        detector.Heartbeat();

        Assert.True(detector.IsAvailable);
    }
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ticks = 1_000_000;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
