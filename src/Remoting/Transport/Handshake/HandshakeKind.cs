namespace ActorCompute.Remoting.Transport;

/// <summary>The frames of a handshake. The numbers are part of the wire contract.</summary>
internal enum HandshakeKind : byte
{
    /// <summary>Initiator: nonce, who I am, whom I call.</summary>
    Hello = 1,

    /// <summary>Acceptor: its nonce, nothing else.</summary>
    Challenge = 2,

    /// <summary>Initiator: proof over all so far.</summary>
    Proof = 3,

    /// <summary>Acceptor: who I am, proof over all so far. From here on frames of Akka.NET follow.</summary>
    Accepted = 4,

    /// <summary>Acceptor, to a caller that has proved itself: as <see cref="Accepted"/>, but I am not whom you called.</summary>
    OtherAddress = 5,

    /// <summary>Acceptor: a <see cref="Refusal"/>; nothing follows.</summary>
    Refused = 6,
}
