namespace ActorCompute.Remoting.Transport;

/// <summary>What every handshake of this transport needs.</summary>
/// <param name="Milliseconds">Limit for the whole of it, TLS included.</param>
internal sealed record HandshakeContext(HandshakeKey Key, PeerIdentity Self, TlsIdentity? Tls, int Milliseconds);
