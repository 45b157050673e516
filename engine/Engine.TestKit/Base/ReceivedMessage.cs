using Akka.Actor;

namespace Akka.TestKit;

internal sealed record ReceivedMessage(object Message, IActorRef Sender);
