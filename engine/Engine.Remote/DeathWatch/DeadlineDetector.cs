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

    public DeadlineDetector(DetectorSettings settings, TimeProvider time)
    {
        _time = time;
        _patience = settings.HeartbeatInterval + settings.AcceptablePause;
        _firstWait = settings.ExpectedResponseAfter + settings.AcceptablePause;
        _start = time.GetTimestamp();
    }

    public bool HasHeard => Volatile.Read(ref _heard) != 0;

    public void Heartbeat()
    {
        Volatile.Write(ref _last, _time.GetTimestamp());
        Volatile.Write(ref _heard, 1);
    }

    public bool IsAvailable => HasHeard
        ? _time.GetElapsedTime(Volatile.Read(ref _last)) <= _patience
        : _time.GetElapsedTime(_start) <= _firstWait;
}

internal sealed record DetectorSettings(TimeSpan HeartbeatInterval, TimeSpan AcceptablePause, TimeSpan ExpectedResponseAfter);
