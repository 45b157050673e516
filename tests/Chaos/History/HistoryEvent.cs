namespace ActorCompute.Chaos.History;

/// <summary>Something that was seen in a run. All times are readings of the machine's monotonic clock, whichever process took them.</summary>
internal abstract record HistoryEvent(TimeSpan At)
{
    /// <summary>The client drew a task from its plan, to be sent.</summary>
    internal sealed record Drawn(TimeSpan At, long Task) : HistoryEvent(At);

    /// <summary>A worker process began an attempt.</summary>
    internal sealed record Started(TimeSpan At, long Task, int Attempt, int ProcessId) : HistoryEvent(At);

    /// <summary>… and had done its work, which it was about to answer.</summary>
    internal sealed record Finished(TimeSpan At, long Task, int Attempt, int ProcessId) : HistoryEvent(At);

    /// <summary>The client gave out a task's outcome: a value, or why there is none.</summary>
    internal sealed record Reported(TimeSpan At, long Task, long Value, FailureCause? Failure = null) : HistoryEvent(At);

    /// <summary>The test did something to a process.</summary>
    internal sealed record Struck(TimeSpan At, string Worker, int ProcessId) : HistoryEvent(At);

    /// <summary>The client said that it lost a worker.</summary>
    internal sealed record Lost(TimeSpan At, string Worker) : HistoryEvent(At);

    /// <summary>The client is gone; attempts count anew for the next one.</summary>
    internal sealed record ClientEnded(TimeSpan At) : HistoryEvent(At);
}

/// <summary>What a history should come to.</summary>
/// <param name="Values">The value of each task, by number.</param>
internal sealed record HistoryExpectation(IReadOnlyList<long> Values)
{
    /// <summary>The tasks that have to fail, and why.</summary>
    public IReadOnlyDictionary<long, FailureCause> Failures { get; init; } = new Dictionary<long, FailureCause>();

    /// <summary>1², 2², … count².</summary>
    public static HistoryExpectation Squares(int count) => new([.. Enumerable.Range(1, count).Select(number => (long)number * number)]);
}

/// <summary>What is left when the job has ended and its workers are idle, or should be.</summary>
/// <param name="BusySlots">Slots that still run something.</param>
/// <param name="Orphans">Processes that live though whoever started them was told to stop.</param>
internal sealed record HistoryRemains(int BusySlots, IReadOnlyList<int> Orphans);
