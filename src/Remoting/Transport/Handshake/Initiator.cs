namespace ActorCompute.Remoting.Transport;

/// <summary>The side that calls. It proves first: who answers learns nothing that helps to guess the secret without being the one called.</summary>
internal sealed class Initiator : IHandshake
{
    private readonly HandshakeKey _key;
    private readonly PeerAddress _called;
    private readonly byte[] _channel;
    private byte[] _transcript = [];
    private bool _hasProved;

    /// <param name="channel">What both sides know of the connection below, none for a plain one.</param>
    public Initiator(HandshakeKey key, PeerIdentity self, PeerAddress called, byte[] channel)
    {
        (_key, _called, _channel) = (key, called, channel);
        Hello = HandshakeFrame.WriteHello(HandshakeFrame.CreateNonce(), self, called);
    }

    /// <summary>The first frame.</summary>
    public byte[] Hello { get; }

    public PeerAddress? Claimed => _called;

    public HandshakeStep Take(ReadOnlySpan<byte> frame)
    {
        var body = frame[HandshakeFrame.HeaderLength..];
        switch (HandshakeFrame.KindOf(frame))
        {
            case HandshakeKind.Challenge when !_hasProved && body.Length == HandshakeFrame.NonceLength:
                _hasProved = true;
                _transcript = Transcript.Of(_channel, Hello, frame);
                return new(Reply: HandshakeFrame.Write(HandshakeKind.Proof, _key.Prove(HandshakeKind.Proof, _transcript)));
            case HandshakeKind.Accepted or HandshakeKind.OtherAddress when _hasProved && HandshakeFrame.TryReadAccepted(body, out var answerer, out var proof):
                return Judge(HandshakeFrame.KindOf(frame), answerer, proof);
            case HandshakeKind.Refused when HandshakeFrame.TryReadRefused(body, out var reason):
                return new(Refused: reason);
            default:
                return new(Refused: Refusal.NotAPeer);
        }
    }

    private HandshakeStep Judge(HandshakeKind kind, PeerIdentity answerer, ReadOnlySpan<byte> proof)
    {
        var both = Transcript.Of(_transcript, HandshakeFrame.Identity(answerer));
        if (!_key.Verify(kind, both, proof)) return new(Refused: Refusal.WrongSecret);
        return kind == HandshakeKind.Accepted && answerer.Address == _called
            ? new(Peer: answerer, Keys: SessionKeys.Of(_key, both, isCaller: true))
            : new(Refused: Refusal.OtherAddress, Detail: $"it is {answerer.Address}", OwnName: answerer.Address == _called ? null : answerer.Address);
    }
}
