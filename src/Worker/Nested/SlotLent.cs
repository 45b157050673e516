using ActorCompute.Worker.Node;

namespace ActorCompute.Worker.Nested;

/// <summary>A slot to the node actor: its task waits for tasks of its own, so another may run.</summary>
internal sealed record SlotLent(OpenedJob Job);

/// <summary>A slot to the node actor: its task goes on, or has ended.</summary>
internal sealed record SlotTakenBack(OpenedJob Job);
