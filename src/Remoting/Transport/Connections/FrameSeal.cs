using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// Seals the frames of one direction of a plain connection, or checks their seals: a tag over the frame and its place in the
/// sequence, under a key of this connection alone. Who cannot make the key can neither change, repeat, drop nor add a frame. It hides
/// nothing; that is for TLS.
/// </summary>
/// <remarks>AES-GCM's tag over the frame as data that is not encrypted (GMAC, NIST SP 800-38D). Not synchronized.</remarks>
internal sealed class FrameSeal(ReadOnlySpan<byte> key) : IDisposable
{
    /// <summary>Bytes behind each frame.</summary>
    public const int TagLength = 16;

    private const int NonceLength = 12;

    private readonly AesGcm _cipher = new(key, TagLength);
    private ulong _next;

    /// <summary>Writes the tag of the next frame.</summary>
    public void Seal(ReadOnlySpan<byte> payload, Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Advance(nonce);
        _cipher.Encrypt(nonce, [], [], tag, payload);
    }

    /// <summary>Whether this is the next frame as it was sealed.</summary>
    public bool Check(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        Advance(nonce);
        try
        {
            _cipher.Decrypt(nonce, [], tag, [], payload);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _cipher.Dispose();

    private void Advance(Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(nonce[(NonceLength - sizeof(ulong))..], _next++);
    }
}
