using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Assumptions.Node;

/// <summary>Sends a chunk back under the number of this process, so that the asker knows which process has answered.</summary>
internal sealed class EchoActor : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is Chunk chunk) Sender.Tell(new Chunk { Job = chunk.Job, Sequence = Environment.ProcessId });
        else Unhandled(message);
    }
}
