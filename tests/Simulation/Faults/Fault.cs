namespace ActorCompute.Simulation.Faults;

/// <summary>What goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>A node's process is killed.</summary>
    KillNode,

    /// <summary>A node stands still.</summary>
    PauseNode,

    /// <summary>A client stands still.</summary>
    PauseClient,

    /// <summary>A node is cut off from everything.</summary>
    CutNode,

    /// <summary>A client is cut off from everything.</summary>
    CutClient,

    /// <summary>A seed's process is killed, and started again after a second.</summary>
    KillSeed,

    /// <summary>A node is drained for good, and another worker takes its place.</summary>
    DrainNode,

    /// <summary>Messages are lost.</summary>
    LoseMessages,

    /// <summary>Messages take long.</summary>
    DelayMessages,

    /// <summary>The clock of a node jumps ahead.</summary>
    JumpNodeClock,

    /// <summary>The clock of a client jumps ahead.</summary>
    JumpClientClock,
}

/// <summary>One thing that goes wrong.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Target">To whom: counted among those that it can happen to.</param>
/// <param name="Length">For how long, or how much.</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, int Target, TimeSpan Length);
