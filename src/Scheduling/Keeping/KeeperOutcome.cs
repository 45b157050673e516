namespace ActorCompute.Scheduling;

/// <summary>Why a keeper starts its child no more.</summary>
internal enum KeeperOutcome
{
    /// <summary>The keeper was told to stop.</summary>
    Stopped,

    /// <summary>The child was drained and has left the cluster.</summary>
    Drained,

    /// <summary>The child was refused; another try would end the same way.</summary>
    Refused,

    /// <summary>The child ended with status 0: somebody told it to stop.</summary>
    ChildStopped,

    /// <summary>The first incarnation ended before it had served; another try would end the same way.</summary>
    NeverServed,

    /// <summary>Not even the first incarnation could be started.</summary>
    CannotStart,
}
