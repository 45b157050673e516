using System.Runtime.Serialization;

namespace Akka.Actor;

/// <summary>An actor left unhandled that one it watched had stopped.</summary>
public class DeathPactException : AkkaException
{
    public DeathPactException(IActorRef deadActor)
        : base($"Monitored actor [{deadActor}] terminated")
    {
        DeadActor = deadActor;
    }

    public IActorRef DeadActor { get; }

    protected DeathPactException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
