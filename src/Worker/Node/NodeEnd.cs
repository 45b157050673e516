namespace ActorCompute.Worker.Node;

/// <summary>Why a node ends by itself, and the exit status that tells its keeper whether another try can help.</summary>
internal sealed record NodeEnd(string Reason, int ExitCode)
{
    /// <summary>Something in the process does not stop, so nothing is waited for.</summary>
    public bool IsHurried { get; init; }
}

/// <summary>To the node actor: finish what runs, take no more, and end.</summary>
internal sealed record StopNode(string Reason);
