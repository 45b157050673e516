namespace ActorCompute.Scheduling;

/// <summary>How the children of different programs are kept.</summary>
internal sealed record KeeperOptions
{
    /// <summary>A refusal ends the child whatever its incarnation. Otherwise only the first one's does: a later one was accepted before.</summary>
    public bool LaterRefusalIsFinal { get; init; }

    /// <summary>Exit status 0 says that the child was told to stop. Otherwise it says nothing: a task may have ended the process.</summary>
    public bool SuccessIsFinal { get; init; }
}
