using ActorCompute.Messages;

namespace ActorCompute.Registry;

/// <summary>From the keeper of a worker in the same process, to the registry and the client: a process of the worker has ended. It never travels.</summary>
/// <param name="Life">The incarnation that it was.</param>
/// <param name="End">How, for people.</param>
public sealed record WorkerEnded(WorkerLife Life, string End);
