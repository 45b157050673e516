using ActorCompute.Messages;
using Akka.Actor;

namespace ActorCompute.Messaging;

/// <summary>Answers with a message of its own.</summary>
internal sealed class EchoActor : ReceiveActor
{
    public EchoActor() => Receive<WorkReport>(report => Sender.Tell(new WorkReport { Job = report.Job, LastSequence = report.LastSequence }, Self));
}
