namespace ActorCompute.Scheduling;

/// <summary>What a node was told about itself.</summary>
/// <param name="Slots">CPU chunks it runs at a time.</param>
/// <param name="IoSlots">I/O chunks it runs at a time.</param>
/// <param name="DrainTimeout">Time that running chunks have to end when the node is to leave.</param>
internal sealed record NodeLimits(int Slots, int IoSlots, TimeSpan DrainTimeout)
{
    /// <summary>Tasks after which the process is replaced; null for no end. Who begins the tasks counts them.</summary>
    public long? MaxTasks { get; init; }

    /// <summary>What it has beside slots.</summary>
    public Resources Has { get; init; } = Resources.None;

    /// <summary>The process has a memory limit, so running chunks are watched.</summary>
    public bool HasMemoryLimit { get; init; }
}
