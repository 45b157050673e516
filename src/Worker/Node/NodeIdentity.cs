using ActorCompute.Messages;
using ActorCompute.Processes;

namespace ActorCompute.Worker.Node;

/// <summary>Who a node is.</summary>
/// <param name="Life">The worker, and which incarnation of it.</param>
/// <param name="Settings">What it was told.</param>
/// <param name="Seeds">Where it registers.</param>
/// <param name="PreviousEnd">How the incarnation before ended; null for the first.</param>
internal sealed record NodeIdentity(WorkerLife Life, WorkerSettings Settings, IReadOnlyList<HostEndpoint> Seeds, string? PreviousEnd = null)
{
    /// <summary>The seeds, for people.</summary>
    public string SeedsText => string.Join(", ", Seeds);
}
