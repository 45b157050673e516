namespace ActorCompute.Scheduling;

/// <summary>When a node registers again, and when a person is told that no seed answers. Pure.</summary>
internal sealed class RegistrationPace
{
    /// <summary>A person is told at most so often; jobs that are open go on meanwhile.</summary>
    public static readonly TimeSpan SilenceNotice = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // Sooner before the first answer: the seed may be starting beside this process.
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(250);

    private TimeSpan? _silentSince;

    /// <summary>A seed has answered once.</summary>
    public bool IsRegistered { get; private set; }

    /// <summary>How long to wait before it registers again.</summary>
    public TimeSpan Pause => IsRegistered ? Interval : FirstInterval;

    /// <summary>The node registers.</summary>
    /// <param name="now">A reading of one monotonic clock.</param>
    /// <returns>Whether a person is to be told that nobody has answered for <see cref="SilenceNotice"/>.</returns>
    public bool Ask(TimeSpan now)
    {
        _silentSince ??= now;
        if (now - _silentSince < SilenceNotice) return false;
        _silentSince = now;
        return true;
    }

    /// <summary>A seed has answered.</summary>
    public void Answered() => (_silentSince, IsRegistered) = (null, true);
}
