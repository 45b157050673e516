namespace ActorCompute.Scheduling;

/// <summary>The unit of work: one task, or tiny ones with consecutive numbers that travel, run and are answered as one.</summary>
/// <param name="First">The number of the first task: its place in the plan, from 0.</param>
/// <param name="Payload">What is asked, encoded: of one task as it is, of more in the pack format.</param>
/// <param name="State">What its giver wants back with the outcome, which never leaves the client. Of more than one task a <see cref="PackedTasks"/>.</param>
/// <param name="Count">How many tasks, at least 1.</param>
/// <param name="Attempt">Which try of it, from 1; 0 before the first.</param>
internal readonly record struct TaskBatch(long First, ReadOnlyMemory<byte> Payload, object? State = null, int Count = 1, int Attempt = 0)
{
    /// <summary>Of a piece of a task that was split: the number of that task. <see cref="First"/> is then a number that no task has.</summary>
    public long? PartOf { get; init; }

    /// <summary>More than one task.</summary>
    public bool IsPack => Count > 1;
}

/// <summary>
/// What stands behind a <see cref="TaskBatch"/> of more than one task. When one of them does not go well, those without an outcome go
/// on as batches of one.
/// </summary>
internal abstract class PackedTasks
{
    /// <summary>The tasks one by one, from the <paramref name="from"/>th on.</summary>
    public abstract IEnumerable<TaskBatch> Unpack(int from);
}
