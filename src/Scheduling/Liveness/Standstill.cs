namespace ActorCompute.Scheduling;

/// <summary>
/// Notices that this process itself stood still (suspended, stopped, starved): who did not listen cannot say that others were
/// silent. Pure.
/// </summary>
/// <param name="now">A reading of one monotonic clock.</param>
public sealed class Standstill(TimeSpan now)
{
    /// <summary>The longest gap between two looks that a busy machine explains.</summary>
    public static readonly TimeSpan MaxGap = TimeSpan.FromSeconds(2);

    private TimeSpan _lookedAt = now;

    /// <summary>To be called at least once a second.</summary>
    /// <returns>True when the last call was too long ago: leases are to be renewed instead of judged.</returns>
    public bool Look(TimeSpan now)
    {
        var gap = now - _lookedAt;
        _lookedAt = now;
        return gap > MaxGap;
    }
}
