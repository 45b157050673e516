using ActorCompute.Processes;


namespace ActorCompute.Worker.Node;

/// <summary>Why a node ends by itself, and what its keeper is told of it.</summary>
internal sealed record NodeEnd(string Reason, PlannedEnd Kind)
{
    /// <summary>The exit status, for people.</summary>
    public int ExitCode => Kind switch
    {
        PlannedEnd.Drained => ExitCodes.Success,
        PlannedEnd.Replaced => ExitCodes.Replaced,
        PlannedEnd.Refused => ExitCodes.BadInput,
        _ => ExitCodes.Broken,
    };

    /// <summary>Something in the process does not stop, so nothing is waited for.</summary>
    public bool IsHurried { get; init; }
}

/// <summary>To the node actor: finish what runs, take no more, and end.</summary>
internal sealed record StopNode(string Reason);
