namespace Akka.Actor;

/// <summary>A behaviour: true if it handled the message.</summary>
public delegate bool Receive(object message);

/// <summary>A behaviour that handles everything, by <c>Unhandled</c> if by nothing else.</summary>
public delegate void UntypedReceive(object message);

/// <summary>The context of an actor, for code outside of it.</summary>
public interface IInternalActor
{
    IActorContext ActorContext { get; }
}
