using System.Runtime.Serialization;

namespace Akka.Actor;

/// <summary>An actor received <see cref="Kill"/>.</summary>
public class ActorKilledException : AkkaException
{
    public ActorKilledException()
    {
    }

    public ActorKilledException(string message)
        : base(message)
    {
    }

    protected ActorKilledException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
