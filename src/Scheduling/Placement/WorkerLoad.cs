namespace ActorCompute.Scheduling;

/// <summary>The chunks that a worker has of all jobs of this client. Safe on any thread.</summary>
/// <param name="slots">Chunks it runs at a time.</param>
/// <param name="loads">Told when a slot comes to be idle; null for one that stands alone.</param>
internal sealed class WorkerLoad(int slots, WorkerLoads? loads = null)
{
    private int _chunks;
    private int _alone;

    /// <summary>Chunks it runs, or has waiting behind those.</summary>
    public int Chunks => Volatile.Read(ref _chunks);

    /// <summary>Chunks for each slot.</summary>
    public double PerSlot => (double)Chunks / slots;

    /// <summary>It runs all that it has, and could run more.</summary>
    public bool HasIdleSlot => Chunks < slots && Volatile.Read(ref _alone) == 0;

    /// <summary>Some chunk there waits for a slot.</summary>
    public bool IsOverfull => Chunks > slots || (Volatile.Read(ref _alone) > 0 && Chunks > 1);

    /// <summary>Jobs that share it.</summary>
    internal int Jobs { get; set; }

    /// <param name="isAlone">It runs with nothing beside it.</param>
    public void Add(bool isAlone = false)
    {
        if (isAlone) Interlocked.Increment(ref _alone);
        Interlocked.Increment(ref _chunks);
    }

    /// <param name="count">How many are gone.</param>
    /// <param name="alone">How many of these were to run with nothing beside them.</param>
    public void Remove(int count = 1, int alone = 0)
    {
        if (alone > 0) Interlocked.Add(ref _alone, -alone);
        if (count > 0 && Interlocked.Add(ref _chunks, -count) < slots) loads?.Freed();
    }
}
