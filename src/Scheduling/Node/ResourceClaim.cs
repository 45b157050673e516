namespace ActorCompute.Scheduling;

/// <summary>What each running chunk of one job takes of a worker's resources. <see cref="ResourcePool"/> alone changes it.</summary>
/// <param name="amounts">Of each resource of the worker, in the pool's order.</param>
/// <param name="priority">Of the job.</param>
/// <param name="depth">How many tasks wait for the job, each for the next.</param>
/// <param name="since">When it was made, or a chunk of the job last began: counted by the pool.</param>
internal sealed class ResourceClaim(long[] amounts, int priority, int depth, long since)
{
    public long[] Amounts { get; } = amounts;

    /// <summary>Chunks that hold the amounts now.</summary>
    public int Holders { get; set; }

    /// <summary>A chunk of the job waits.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Chunks of others that have taken what this job waits for, and has too little of.</summary>
    public int Overtaken { get; set; }

    /// <summary>When it was made, or a chunk of the job last began: counted by the pool.</summary>
    public long Since { get; set; } = since;

    /// <summary>
    /// Whether what comes free is kept for this one rather than given to another. Never from a deeper one: it may be what this one, or
    /// what stands in its way, waits for. Nor from one of a higher priority. Equals take turns.
    /// </summary>
    public bool ComesBefore(ResourceClaim other)
    {
        if (depth < other.Depth || priority < other.Priority) return false;
        return depth > other.Depth || priority > other.Priority || Since < other.Since;
    }

    private int Depth => depth;

    private int Priority => priority;
}
