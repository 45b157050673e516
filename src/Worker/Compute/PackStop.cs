namespace ActorCompute.Worker.Compute;

/// <summary>Tells a slot that a pack has taken so long that it was not tiny. A flag that a clock raises: to ask a clock after each task would be a good part of what a tiny one takes.</summary>
/// <param name="longest">Milliseconds; none, and every pack ends after its first task.</param>
internal sealed class PackStop(int longest) : ITicked
{
    private volatile bool _isDue;
    private long _until;

    /// <summary>Whether the pack has had its time.</summary>
    public bool IsDue => _isDue;

    /// <summary>A pack begins.</summary>
    public void Begin()
    {
        Volatile.Write(ref _until, Environment.TickCount64 + longest);
        _isDue = longest <= 0;
        if (longest > 0) SlotClock.Shared.Add(this);
    }

    /// <summary>The pack has ended.</summary>
    public void End() => SlotClock.Shared.Remove(this);

    /// <inheritdoc/>
    public void Tick()
    {
        // It may come late, in the time of the next pack.
        if (Environment.TickCount64 >= Volatile.Read(ref _until)) _isDue = true;
    }
}
