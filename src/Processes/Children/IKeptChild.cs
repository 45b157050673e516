namespace ActorCompute.Processes;

/// <summary>What a <see cref="ChildKeeper"/> must know of its child, and whom it tells what. Called by one thread at a time.</summary>
internal interface IKeptChild
{
    /// <summary>It has done what it is there for at least once.</summary>
    bool HasServed => true;

    /// <summary>Starts it.</summary>
    /// <exception cref="ProgramMissingException">The system cannot.</exception>
    ChildProcess Start(long incarnation, string? previousEnd);

    /// <summary>Tells it what was not known when it was started.</summary>
    Task IntroduceAsync(ChildProcess child) => Task.CompletedTask;

    /// <summary>An incarnation has ended that nobody told to stop.</summary>
    void Ended(long incarnation, ChildProcess child)
    {
    }

    /// <summary>It died, and is started again after the pause.</summary>
    void Restarts(ChildProcess child, TimeSpan pause);

    /// <summary>It cannot be started again now, and is tried later.</summary>
    void CannotStart(string reason);
}
