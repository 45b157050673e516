namespace ActorCompute.Remoting.Transport;

/// <summary>The keys of one connection, made from the cluster's secret and all that both sides said: nonces, addresses and uids.</summary>
/// <param name="Send">Seals what this side sends.</param>
/// <param name="Receive">Checks what the other sends.</param>
internal sealed record SessionKeys(byte[] Send, byte[] Receive)
{
    // Apart from the kinds of frames that carry proofs.
    private const byte CallerSends = 0xC1;
    private const byte CalledSends = 0xC2;

    public static SessionKeys Of(HandshakeKey key, ReadOnlySpan<byte> transcript, bool isCaller)
    {
        var (caller, called) = (key.Prove((HandshakeKind)CallerSends, transcript), key.Prove((HandshakeKind)CalledSends, transcript));
        return isCaller ? new(caller, called) : new(called, caller);
    }

    /// <summary>Keys stay out of logs.</summary>
    public override string ToString() => nameof(SessionKeys);
}
