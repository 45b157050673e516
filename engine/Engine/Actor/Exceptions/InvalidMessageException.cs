using System.Runtime.Serialization;

namespace Akka.Actor;

/// <summary>A message that cannot be sent.</summary>
public class InvalidMessageException : AkkaException
{
    public InvalidMessageException()
    {
    }

    public InvalidMessageException(string message)
        : base(message)
    {
    }

    protected InvalidMessageException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
