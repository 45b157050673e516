namespace ActorCompute;

/// <summary>What a health check saw of a cluster.</summary>
internal sealed record ClusterSeen
{
    /// <summary>What its seed told; null if there was nothing to be seen.</summary>
    public ClusterReport? Report { get; init; }

    /// <summary>How many workers it should have, where this program started them; 0 for a cluster that stays, of which nobody here knows.</summary>
    public int WorkersToBe { get; init; }

    /// <summary>Why nothing was seen.</summary>
    public string? Reason { get; init; }

    /// <summary>What was thrown meanwhile.</summary>
    public Exception? Error { get; init; }

    public static ClusterSeen Nothing(string reason, Exception? error = null) => new() { Reason = reason, Error = error };
}
