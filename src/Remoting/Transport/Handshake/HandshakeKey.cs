using System.Security.Cryptography;
using System.Text;

namespace ActorCompute.Remoting.Transport;

/// <summary>The key for proofs between transports, made from the cluster's secret; no other proof of the cluster uses it.</summary>
internal sealed class HandshakeKey
{
    /// <summary>Length of a proof in bytes.</summary>
    public const int ProofLength = HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key;

    public HandshakeKey(string secret) => _key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "ActorCompute transport 2"u8);

    /// <summary>Proves that a role of a handshake knows the secret.</summary>
    /// <param name="role">Other for each frame that carries a proof, so that none can be sent back or used for another.</param>
    /// <param name="transcript">All that both sides have said.</param>
    public byte[] Prove(HandshakeKind role, ReadOnlySpan<byte> transcript) => HMACSHA256.HashData(_key.AsSpan(), [(byte)role, .. transcript]);

    /// <summary>Checks a proof in constant time.</summary>
    public bool Verify(HandshakeKind role, ReadOnlySpan<byte> transcript, ReadOnlySpan<byte> proof) =>
        CryptographicOperations.FixedTimeEquals(Prove(role, transcript), proof);
}
