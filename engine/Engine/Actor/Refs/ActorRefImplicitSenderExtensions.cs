namespace Akka.Actor;

/// <summary>Sends on behalf of the actor whose turn it is on this thread, if there is one.</summary>
public static class ActorRefImplicitSenderExtensions
{
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.CurrentSelf);

    /// <summary>Passes on a message with the sender it came from.</summary>
    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.CurrentSender);
}
