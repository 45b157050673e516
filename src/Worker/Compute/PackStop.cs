namespace ActorCompute.Worker.Compute;

/// <summary>Tells a slot that a pack has taken so long that it was not tiny. A flag that a timer raises: to ask a clock after each task would be a good part of what a tiny one takes.</summary>
internal sealed class PackStop : IDisposable
{
    private readonly int _longest;
    private readonly Timer _timer;
    private volatile bool _isDue;
    private long _until;

    /// <param name="longest">Milliseconds; none, and every pack ends after its first task.</param>
    public PackStop(int longest) => (_longest, _timer) = (longest, new(static stop => ((PackStop)stop!).Look(), this, Timeout.Infinite, Timeout.Infinite));

    /// <summary>Whether the pack has had its time.</summary>
    public bool IsDue => _isDue;

    /// <summary>A pack begins.</summary>
    public void Begin()
    {
        Volatile.Write(ref _until, Environment.TickCount64 + _longest);
        _isDue = _longest <= 0;
        if (_longest > 0) _timer.Change(_longest, Timeout.Infinite);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        // It may come late, in the time of the next pack: that one has set it again.
        if (Environment.TickCount64 >= Volatile.Read(ref _until)) _isDue = true;
    }
}
