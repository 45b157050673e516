namespace ActorCompute.Scheduling;

/// <summary>The chunks that a worker has of all jobs of this client. Safe on any thread.</summary>
/// <param name="slots">Chunks it runs at a time.</param>
/// <param name="loads">Told when a slot comes to be idle; null for one that stands alone.</param>
internal sealed class WorkerLoad(int slots, WorkerLoads? loads = null)
{
    private int _chunks;

    /// <summary>Chunks it runs, or has waiting behind those.</summary>
    public int Chunks => Volatile.Read(ref _chunks);

    /// <summary>It runs all that it has, and could run more.</summary>
    public bool HasIdleSlot => Chunks < slots;

    /// <summary>Some chunk there waits for a slot.</summary>
    public bool IsOverfull => Chunks > slots;

    /// <summary>Jobs that share it.</summary>
    internal int Jobs { get; set; }

    public void Add() => Interlocked.Increment(ref _chunks);

    public void Remove(int count = 1)
    {
        if (count > 0 && Interlocked.Add(ref _chunks, -count) < slots) loads?.Freed();
    }
}
