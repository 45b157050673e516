namespace Akka.Remote.DeathWatch;

/// <summary>
/// Decides from heartbeats alone whether a peer is alive: it is until nothing came for one interval plus the acceptable
/// pause. Until the first heartbeat the clock starts at the time when one could have come.
/// </summary>
internal sealed class DeadlineDetector
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly TimeSpan _firstWait;
    private readonly long _start;
    private long _last;
    private int _heard;

    private readonly TimeSpan _longestLook;
    private long _lookedAt;

    public DeadlineDetector(DetectorSettings settings, TimeProvider time)
    {
        _time = time;
        _patience = settings.HeartbeatInterval + settings.AcceptablePause;
        _firstWait = settings.ExpectedResponseAfter + settings.AcceptablePause;
        _longestLook = settings.HeartbeatInterval + settings.AcceptablePause / 2;
        _start = _lookedAt = time.GetTimestamp();
    }

    public bool HasHeard => Volatile.Read(ref _heard) != 0;

    public void Heartbeat()
    {
        Volatile.Write(ref _last, _time.GetTimestamp());
        Volatile.Write(ref _heard, 1);
    }

    /// <summary>
    /// As <see cref="IsAvailable"/>, by somebody who looks once an interval. One that comes to it late has stood still itself
    /// (a stopped process, a suspended machine) and could hear nobody: the peer gets its whole time again.
    /// </summary>
    public bool Look()
    {
        var isLate = _time.GetElapsedTime(_lookedAt) > _longestLook;
        _lookedAt = _time.GetTimestamp();
        if (isLate && HasHeard)
            Heartbeat();
        return IsAvailable;
    }

    public bool IsAvailable => HasHeard
        ? _time.GetElapsedTime(Volatile.Read(ref _last)) <= _patience
        : _time.GetElapsedTime(_start) <= _firstWait;
}

internal sealed record DetectorSettings(TimeSpan HeartbeatInterval, TimeSpan AcceptablePause, TimeSpan ExpectedResponseAfter);
