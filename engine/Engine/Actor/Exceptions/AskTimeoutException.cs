using System.Runtime.Serialization;

namespace Akka.Actor;

/// <summary>The answer to an Ask did not come in time.</summary>
public class AskTimeoutException : AkkaException
{
    public AskTimeoutException(string message)
        : base(message)
    {
    }

    protected AskTimeoutException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
