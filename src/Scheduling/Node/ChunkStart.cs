namespace ActorCompute.Scheduling;

/// <summary>What a node does with a chunk that came.</summary>
internal enum ChunkVerdict
{
    /// <summary>Nothing: of a job that is not open, from a stranger, or a repetition. The next report says that it is not held.</summary>
    Ignore,

    /// <summary>It goes back unbegun: the node leaves.</summary>
    GiveBack,

    /// <summary>It waits for a slot.</summary>
    Keep,
}

/// <summary>A chunk that a slot takes now.</summary>
/// <param name="Opening">Its job.</param>
/// <param name="Sequence">Its number.</param>
/// <param name="IsIo">It runs in an I/O slot.</param>
internal readonly record struct ChunkStart(JobOpening Opening, long Sequence, bool IsIo);
