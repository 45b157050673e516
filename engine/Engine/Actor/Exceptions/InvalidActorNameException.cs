using System.Runtime.Serialization;

namespace Akka.Actor;

/// <summary>A name that no actor can have, or that a sibling has.</summary>
public class InvalidActorNameException : AkkaException
{
    public InvalidActorNameException(string message)
        : base(message)
    {
    }

    public InvalidActorNameException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    protected InvalidActorNameException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
