using System.Runtime.Serialization;

namespace Akka.Actor;

/// <summary>The base of the engine's exceptions.</summary>
public abstract class AkkaException : Exception
{
    protected AkkaException()
    {
    }

    protected AkkaException(string message, Exception cause = null)
        : base(message, cause)
    {
    }

    protected AkkaException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    protected Exception Cause => InnerException;
}
