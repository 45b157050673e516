namespace ActorCompute.Client;

/// <summary>Times that callers give, as the platform's timers take them: those end at 49 days.</summary>
internal static class Limits
{
    /// <summary>The longest time that is measured.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    /// <summary>The time to wait; none, or a longer one as <see cref="TimeSpan.MaxValue"/>, is as long as it takes.</summary>
    public static TimeSpan OrForever(TimeSpan? time) => time is not { } limit || limit > Longest ? Timeout.InfiniteTimeSpan : limit;
}
