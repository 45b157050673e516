namespace ActorCompute.Remoting.Transport;

/// <summary>One side of a handshake: takes whole frames and says what to do. Pure but for its nonce.</summary>
internal interface IHandshake
{
    /// <summary>Who the other side says it is; nothing proves it before the handshake is through.</summary>
    PeerAddress? Claimed { get; }

    /// <summary>Takes the next frame of the other side, whose header has been checked.</summary>
    HandshakeStep Take(ReadOnlySpan<byte> frame);
}
