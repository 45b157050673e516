namespace ActorCompute.Simulation.World;

/// <summary>One simulated operating-system process: it dies, is paused, and has a clock that starts with it.</summary>
internal abstract class SimProcess(SimWorld world, string name)
{
    private readonly TimeSpan _startedAt = world.Now;

    public string Name { get; } = name;

    public SimWorld World { get; } = world;

    public bool IsAlive { get; private set; } = true;

    /// <summary>Until then nothing of it runs: it was suspended, or its machine sleeps.</summary>
    public TimeSpan PausedUntil { get; private set; }

    /// <summary>How far its clock was moved by somebody.</summary>
    public TimeSpan ClockShift { get; set; }

    /// <summary>Its monotonic clock.</summary>
    public TimeSpan Now => World.Now - _startedAt + ClockShift;

    public void Pause(TimeSpan length)
    {
        if (World.Now + length > PausedUntil) PausedUntil = World.Now + length;
    }

    /// <summary>It is gone, with everything it was about to do.</summary>
    public void Die()
    {
        if (!IsAlive) return;
        IsAlive = false;
        World.Network.Closed(this);
        Ended();
    }

    /// <summary>A message came.</summary>
    public abstract void Receive(SimProcess from, SimMessage message);

    /// <summary>The connection to a peer was closed.</summary>
    public virtual void Disconnected(SimProcess peer)
    {
    }

    protected virtual void Ended()
    {
    }

    /// <summary>Does something later, if it is alive then; when it is not paused any more.</summary>
    public void After(TimeSpan delay, Action action) => World.At(World.Now + delay, this, action);

    /// <summary>Does something again and again.</summary>
    public void Every(TimeSpan interval, Action action) => After(interval, () =>
    {
        action();
        Every(interval, action);
    });

    public override string ToString() => Name;
}
