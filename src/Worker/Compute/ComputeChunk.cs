using ActorCompute.Worker.Node;
using Akka.Actor;

namespace ActorCompute.Worker.Compute;

/// <summary>Node actor to a compute actor: run this chunk and answer its client.</summary>
internal sealed record ComputeChunk(ChunkRun Run, IActorRef Node);

/// <summary>Compute actor to the node actor: the slot is free again.</summary>
internal sealed record ChunkDone(OpenedJob Job, long Sequence, int Tasks, TimeSpan Elapsed);
