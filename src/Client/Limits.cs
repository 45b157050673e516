using ActorCompute.Processes;


namespace ActorCompute;

/// <summary>Times that callers give, as the platform's timers take them.</summary>
internal static class Limits
{
    /// <summary>It is no time to wait: negative, and not the one that means for ever.</summary>
    public static bool IsNegative(TimeSpan? time) => time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan;

    /// <summary>The time to wait; none, or a longer one as <see cref="TimeSpan.MaxValue"/>, is as long as it takes.</summary>
    public static TimeSpan OrForever(TimeSpan? time) => time is not { } limit || limit > Duration.Longest ? Timeout.InfiniteTimeSpan : limit;
}
