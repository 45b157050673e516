namespace ActorCompute.Worker.Compute;

/// <summary>The tasks that this process may still begin. Counted exactly, by all slots.</summary>
/// <param name="most">How many; null for no end.</param>
internal sealed class TaskBudget(long? most)
{
    private long _left = most ?? long.MaxValue;

    /// <summary>None is left: a fresh process should take over.</summary>
    public bool IsSpent => most is not null && Volatile.Read(ref _left) <= 0;

    /// <returns>False when none is left.</returns>
    public bool TryTake() => most is null || Interlocked.Decrement(ref _left) >= 0;
}
