namespace ActorCompute.Remoting.Transport;

/// <summary>What a side of the handshake does next.</summary>
/// <param name="Reply">A frame to send, if any.</param>
/// <param name="Peer">The other side, when it has proved itself and the handshake is through.</param>
/// <param name="Keys">For the frames with that side.</param>
/// <param name="Refused">Why the handshake ends without an association.</param>
/// <param name="Detail">More about that, for this side's log.</param>
/// <param name="OwnName">With <see cref="Refusal.OtherAddress"/>: the address of the side that was called, by its own proven word.</param>
internal readonly record struct HandshakeStep(
    byte[]? Reply = null, PeerIdentity? Peer = null, SessionKeys? Keys = null, Refusal? Refused = null, string? Detail = null, PeerAddress? OwnName = null);
