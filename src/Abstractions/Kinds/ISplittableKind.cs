namespace ActorCompute;

/// <summary>A kind whose running tasks can be split, everything encoded. Derive from <see cref="SplittableJobKind{TParameters,TTask,TResult,TRow}"/>.</summary>
internal interface ISplittableKind : IJobKind
{
    /// <summary>The result of a task from those of its pieces. Called on the client, on a thread of the pool.</summary>
    /// <param name="results">One or more, in the order of the pieces.</param>
    ReadOnlyMemory<byte> Merge(IReadOnlyList<ReadOnlyMemory<byte>> results);
}
