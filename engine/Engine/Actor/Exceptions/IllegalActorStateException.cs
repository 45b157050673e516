using System.Runtime.Serialization;

namespace Akka.Actor;

/// <summary>An actor did what its state does not allow.</summary>
public class IllegalActorStateException : AkkaException
{
    public IllegalActorStateException(string message)
        : base(message)
    {
    }

    protected IllegalActorStateException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }
}
