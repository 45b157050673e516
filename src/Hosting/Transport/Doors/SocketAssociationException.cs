using Akka.Remote.Transport;

namespace ActorCompute.Hosting.Transport;

/// <summary>No association came about with a peer that was called. Akka.NET logs its text.</summary>
internal sealed class SocketAssociationException(Refusal reason, string text) : InvalidAssociationException(text)
{
    public Refusal Reason { get; } = reason;
}
