namespace ActorCompute.Scheduling;

/// <summary>What is measured of time.</summary>
internal static class MeasuredTime
{
    /// <summary>The longest time: the platform's timers end at 49 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(40);
}
