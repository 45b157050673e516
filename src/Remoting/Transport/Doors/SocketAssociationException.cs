using Akka.Actor;

namespace ActorCompute.Remoting.Transport;

/// <summary>No association came about with a peer that was called.</summary>
/// <remarks>Not an InvalidAssociationException: of those Akka.NET passes only the text on, and the reason would be lost.</remarks>
internal sealed class SocketAssociationException(Refusal reason, string text) : AkkaException(text)
{
    public Refusal Reason { get; } = reason;

    /// <summary>With <see cref="Refusal.OtherAddress"/>: where the one that was called is known to be, by its own proven word.</summary>
    public PeerAddress? OwnName { get; init; }
}
