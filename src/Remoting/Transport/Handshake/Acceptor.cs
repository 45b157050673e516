namespace ActorCompute.Remoting.Transport;

/// <summary>The side that is called. A caller gets a nonce, and nothing made with the secret before it has proved that it knows that too.</summary>
/// <param name="channel">What both sides know of the connection below, none for a plain one.</param>
internal sealed class Acceptor(HandshakeKey key, PeerIdentity self, byte[] channel) : IHandshake
{
    private PeerIdentity? _caller;
    private PeerAddress? _called;
    private byte[] _transcript = [];

    public PeerAddress? Claimed => _caller?.Address;

    public HandshakeStep Take(ReadOnlySpan<byte> frame)
    {
        var body = frame[HandshakeFrame.HeaderLength..];
        switch (HandshakeFrame.KindOf(frame))
        {
            case HandshakeKind.Hello when _caller is null && HandshakeFrame.TryReadHello(body, out var caller, out var called):
                (_caller, _called) = (caller, called);
                var challenge = HandshakeFrame.Write(HandshakeKind.Challenge, HandshakeFrame.CreateNonce());
                _transcript = Transcript.Of(channel, frame, challenge);
                return new(Reply: challenge);
            case HandshakeKind.Proof when _caller is not null && body.Length == HandshakeKey.ProofLength:
                return Judge(_caller, body);
            default:
                return new(Refused: Refusal.NotAPeer);
        }
    }

    private HandshakeStep Judge(PeerIdentity caller, ReadOnlySpan<byte> proof)
    {
        if (!key.Verify(HandshakeKind.Proof, _transcript, proof)) return new(Refused: Refusal.WrongSecret);
        // Bound to the address: who was called at one address cannot pass the call on to another.
        // It is told the right one, and calls again.
        if (_called != self.Address) return Other($"{_called} instead of {self.Address}") with { OwnName = self.Address };
        return caller.Address == self.Address
            ? Other("it says that this address is its own")
            : new(Reply: Answer(HandshakeKind.Accepted), Peer: caller, Keys: SessionKeys.Of(key, Both, isCaller: false));
    }

    private HandshakeStep Other(string detail) => new(Reply: Answer(HandshakeKind.OtherAddress), Refused: Refusal.OtherAddress, Detail: detail);

    private byte[] Answer(HandshakeKind kind) => HandshakeFrame.WriteAccepted(kind, self, key.Prove(kind, Both));

    /// <summary>All that was said, and who this side is.</summary>
    private byte[] Both => Transcript.Of(_transcript, HandshakeFrame.Identity(self));
}
