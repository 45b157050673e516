using System.Diagnostics;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// Decides who sends: the writer itself, at once, as long as it writes seldom; the loop's thread when writes follow each other closely,
/// for then several frames go out with one call while the writer makes the next ones. Not synchronized.
/// </summary>
internal struct SendPace
{
    // A call to send takes 5 to 10 microseconds: four in a row delay nobody, and at one in 50 microseconds a writer loses at most a
    // fifth of its time to them.
    private const int Burst = 4;
    private static readonly long Interval = Stopwatch.Frequency / 20_000;

    // The time until which direct sends are paid for.
    private long _paidUntil;

    public bool MaySendNow()
    {
        var now = Stopwatch.GetTimestamp();
        if (_paidUntil < now) _paidUntil = now;
        if (_paidUntil - now > Burst * Interval) return false;
        _paidUntil += Interval;
        return true;
    }
}
