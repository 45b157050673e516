namespace ActorCompute.Scheduling;

/// <summary>
/// What stands behind a task with a <see cref="PlannedTask.Count"/>: tiny tasks with consecutive numbers that travel as one
/// while all goes well. When it does not, those without an outcome go on as tasks of their own.
/// </summary>
internal abstract class PackedTasks
{
    /// <summary>The tasks one by one, from the <paramref name="from"/>th on.</summary>
    public abstract IEnumerable<PlannedTask> Unpack(int from);
}
