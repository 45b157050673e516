namespace ActorCompute.Worker.Compute;

/// <summary>The tasks that this process may still begin. Counted exactly, by all slots.</summary>
/// <param name="most">How many; null for no end.</param>
internal sealed class TaskBudget(long? most)
{
    private long _left = most ?? long.MaxValue;
    private int _suspended;

    /// <summary>None is left: a fresh process should take over.</summary>
    public bool IsSpent => most is not null && Volatile.Read(ref _left) <= 0 && Volatile.Read(ref _suspended) == 0;

    /// <summary>
    /// A task that runs has started others on the cluster. Until it ends, more may begin than there are left: what it waits for may
    /// have no other place to run, and the process cannot be replaced before.
    /// </summary>
    public void Suspend() => Interlocked.Increment(ref _suspended);

    /// <summary>That task has ended.</summary>
    public void Resume() => Interlocked.Decrement(ref _suspended);

    /// <summary>
    /// Takes so many, or none. A pack that is larger than the whole budget is taken by a process that has begun nothing. Where too few are
    /// left for a pack, the budget is spent: else that pack would come here again and again, and never begin.
    /// </summary>
    /// <returns>False when there are not so many left.</returns>
    public bool TryTake(int count = 1)
    {
        if (most is null) return true;
        while (true)
        {
            var left = Volatile.Read(ref _left);
            if (left <= 0) return Volatile.Read(ref _suspended) > 0;
            var isEnough = left >= count || left == most;
            if (Interlocked.CompareExchange(ref _left, isEnough ? left - count : 0, left) == left && isEnough) return true;
        }
    }
}
