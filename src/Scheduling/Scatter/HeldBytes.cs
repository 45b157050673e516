namespace ActorCompute.Scheduling;

/// <summary>
/// How many more tasks may be drawn, so that what their outcomes take in memory, from the moment that they come until they are
/// taken, stays nearly within a bound. What those still to come will take is guessed from those that came. Pure.
/// </summary>
/// <param name="most">Bytes.</param>
internal sealed class HeldBytes(long most)
{
    // Of the mean size, the part of the latest outcome.
    private const double Weight = 0.125;

    private double _meanBytes;
    private bool _hasMean;
    private long _settledBytes;

    /// <summary>Tasks that may be drawn when no outcome waits.</summary>
    public long Most => (long)Math.Min(most / Math.Max(_meanBytes, 1), int.MaxValue);

    /// <summary>Outcomes have come.</summary>
    public void Settled(int tasks, long bytes)
    {
        _settledBytes += bytes;
        _meanBytes += ((double)bytes / tasks - _meanBytes) * (_hasMean ? Weight : 1);
        _hasMean = true;
    }

    /// <summary>Tasks that may be drawn now.</summary>
    /// <param name="takenBytes">Bytes of all outcomes taken so far.</param>
    /// <param name="open">Tasks that were drawn and have no outcome yet.</param>
    public long Room(long takenBytes, long open)
    {
        var free = most - Math.Max(0, _settledBytes - takenBytes);
        if (free <= 0) return 0;
        // One may always be on its way, however large it is.
        return Math.Max(1, (long)Math.Min(free / Math.Max(_meanBytes, 1), int.MaxValue)) - open;
    }
}
