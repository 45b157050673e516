namespace ActorCompute;

/// <summary>What all splits have in common.</summary>
public static class TaskSplit
{
    /// <summary>A task is split into at most so many at a time.</summary>
    public const int MaxPieces = 16;
}

/// <summary>The wish that a running task gives away what is left of it, and what it gives. Used on the task's own thread.</summary>
/// <param name="pieces">Into how many tasks the rest should be divided now; below 2 while no split is wanted.</param>
public sealed class TaskSplit<TTask>(Func<int> pieces)
{
    /// <summary>A split is never wanted.</summary>
    public static TaskSplit<TTask> None { get; } = new(() => 0);

    /// <summary>Into how many tasks the rest should be divided, one of them for the slot that the task has: 2 to 16, or 0 while no split is wanted. Cheap; ask often.</summary>
    public int Pieces => pieces() is >= 2 and var wanted ? Math.Min(wanted, TaskSplit.MaxPieces) : 0;

    /// <summary>What was given back; none when the task went on to its end.</summary>
    public IReadOnlyList<TTask> Rest { get; private set; } = [];

    /// <summary>Gives back what is left, in the order in which results are merged; the task then returns the result of what is done.</summary>
    /// <param name="rest">1 to 16 tasks of about the same size.</param>
    /// <exception cref="ArgumentException">There are none, or too many.</exception>
    /// <exception cref="InvalidOperationException">It was given back already, or no split was wanted.</exception>
    public void GiveBack(params IReadOnlyList<TTask> rest)
    {
        if (rest.Count is 0 or > TaskSplit.MaxPieces) throw new ArgumentException($"{rest.Count} tasks are given back; give 1 to {TaskSplit.MaxPieces}.", nameof(rest));
        if (Rest.Count > 0) throw new InvalidOperationException("the rest was given back already.");
        if (Pieces == 0) throw new InvalidOperationException("no split is wanted; look at Pieces first.");
        Rest = rest;
    }
}
