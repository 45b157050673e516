namespace ActorCompute.Scheduling;

/// <summary>A worker that is registered.</summary>
internal sealed class RegisteredWorker<TPeer, TWorker>(WorkerLife life, string name, TPeer node, TWorker info, Lease lease)
{
    public WorkerLife Life { get; } = life;

    public string Name { get; } = name;

    public TPeer Node { get; } = node;

    /// <summary>As it came first in this incarnation: what clients are shown.</summary>
    public TWorker Info { get; } = info;

    /// <summary>As it said last; how busy it is changes all the time.</summary>
    public TWorker Latest { get; set; } = info;

    /// <summary>What it registered with last.</summary>
    public ReadOnlyMemory<byte> Nonce { get; set; }

    public Lease Lease { get; } = lease;
}
