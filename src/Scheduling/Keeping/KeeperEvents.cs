namespace ActorCompute.Scheduling;

/// <summary>How a child process ended.</summary>
/// <param name="Plan">What it announced; none when it died.</param>
/// <param name="Status">Its exit status.</param>
/// <param name="Text">How, for people.</param>
/// <param name="HasServed">It had done what it is there for at least once.</param>
internal sealed record ChildEnd(PlannedEnd Plan, int Status, string Text, bool HasServed = true);

/// <summary>What happened to the child. Times are readings of one monotonic clock.</summary>
internal abstract record KeeperEvent
{
    /// <summary>The child is wanted. The first event, and that only once.</summary>
    internal sealed record Wanted : KeeperEvent;

    /// <summary>The child was started, as <see cref="KeeperInstruction.Start"/> said.</summary>
    internal sealed record Started(TimeSpan At) : KeeperEvent;

    /// <summary>The system could not start it: its program is missing.</summary>
    internal sealed record StartFailed(string Reason) : KeeperEvent;

    /// <summary>The child has ended, by itself or because it was stopped.</summary>
    internal sealed record Ended(ChildEnd End, TimeSpan At) : KeeperEvent;

    /// <summary>The pause that <see cref="KeeperInstruction.Pause"/> asked for is over.</summary>
    internal sealed record PauseOver : KeeperEvent;

    /// <summary>The child is wanted no more.</summary>
    /// <param name="InOrder">It leaves the cluster first; for one whose cluster goes on without it.</param>
    /// <param name="Bound">How long it may take before it is killed.</param>
    internal sealed record StopRequested(bool InOrder, TimeSpan Bound) : KeeperEvent;
}

/// <summary>What is to be done about it, in this order.</summary>
internal abstract record KeeperInstruction
{
    /// <summary>Start the child, and say how that went.</summary>
    /// <param name="Incarnation">From 1.</param>
    /// <param name="PreviousEnd">How the incarnation before ended; null for the first.</param>
    internal sealed record Start(long Incarnation, string? PreviousEnd) : KeeperInstruction;

    /// <summary>Tell the child to stop, and kill it after the bound.</summary>
    internal sealed record Stop(bool InOrder, TimeSpan Bound) : KeeperInstruction;

    /// <summary>Wait before the next start, unless told to stop meanwhile.</summary>
    internal sealed record Pause(TimeSpan Length) : KeeperInstruction;

    /// <summary>Tell the cluster that an incarnation has ended which nobody told to stop.</summary>
    internal sealed record TellEnd(long Incarnation, ChildEnd End) : KeeperInstruction;

    /// <summary>Tell a person that the child died and is started again after a pause.</summary>
    internal sealed record TellRestart(ChildEnd End, TimeSpan After) : KeeperInstruction;

    /// <summary>Tell a person that the child could not be started; it is tried again.</summary>
    internal sealed record TellStartFailed(string Reason) : KeeperInstruction;

    /// <summary>Nothing runs, and nothing is started any more.</summary>
    internal sealed record Finish(KeeperOutcome Outcome) : KeeperInstruction;
}
