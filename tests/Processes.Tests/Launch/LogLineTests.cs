using System.Globalization;

namespace ActorCompute.Processes.Tests.Launch;

/// <summary>Lines of logs begin with one time, in UTC.</summary>
public sealed class LogLineTests
{
    private const string Now = "2026-03-04T05:06:07.089Z";

    [Theory]
    [InlineData("worker 1 ended by signal 9; it is started again", Now + " worker 1 ended by signal 9; it is started again")]
    [InlineData("", Now + " ")]
    [InlineData("worker 1: error: no room", Now + " worker 1: error: no room")]
    [InlineData("worker 1: 2026-03-04T01:02:03.004Z warning node: silence", "2026-03-04T01:02:03.004Z worker 1: warning node: silence")]
    [InlineData("worker 1: 2026-03-04T01:02:03.00xZ warning node: silence", Now + " worker 1: 2026-03-04T01:02:03.00xZ warning node: silence")]
    public void Of_AnyText_HasTheTimeThatItSaysOrNow(string text, string line) => Assert.Equal(line, LogLine.Of(new Clock(), text));

    [Fact]
    public void Time_OfAnotherZone_IsUtc() =>
        Assert.Equal("2026-03-04T03:06:07.000Z", LogLine.Time(new(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2))));

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse(Now, CultureInfo.InvariantCulture);
    }
}
