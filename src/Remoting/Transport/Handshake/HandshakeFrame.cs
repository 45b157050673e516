using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// The bytes of a handshake frame: <c>'A' 'C' 'T' 'R' | version | kind | length of the body, 2 bytes, big end first | body</c>.
/// Whatever the bytes are, reading them gives a frame or a <see cref="Refusal"/> and never throws.
/// </summary>
internal static class HandshakeFrame
{
    public const byte Version = 2;
    public const int HeaderLength = 8;
    public const int MaxLength = 1024;
    public const int NonceLength = 32;

    /// <summary>The first byte of every TLS connection: a handshake record.</summary>
    public const byte TlsFirstByte = 0x16;

    /// <summary>How every frame of every version begins.</summary>
    public static ReadOnlySpan<byte> Magic => "ACTR"u8;

    /// <summary>Checks the bytes of a header that have arrived, so that what is no peer is known by its first byte.</summary>
    /// <returns>Null as long as nothing is wrong.</returns>
    public static Refusal? CheckHeader(ReadOnlySpan<byte> arrived)
    {
        if (arrived is [TlsFirstByte, ..]) return Refusal.TlsNotSpoken;
        var magic = Math.Min(arrived.Length, Magic.Length);
        if (!arrived[..magic].SequenceEqual(Magic[..magic])) return Refusal.NotAPeer;
        if (arrived.Length > 4 && arrived[4] != Version) return Refusal.OtherVersion;
        if (arrived.Length > 5 && arrived[5] is < (byte)HandshakeKind.Hello or > (byte)HandshakeKind.Refused) return Refusal.NotAPeer;
        return arrived.Length >= HeaderLength && BodyLength(arrived) > MaxLength - HeaderLength ? Refusal.NotAPeer : null;
    }

    /// <summary>Length of the body that a checked header announces.</summary>
    public static int BodyLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16BigEndian(header[6..]);

    public static HandshakeKind KindOf(ReadOnlySpan<byte> frame) => (HandshakeKind)frame[5];

    public static byte[] CreateNonce() => RandomNumberGenerator.GetBytes(NonceLength);

    public static byte[] Write(HandshakeKind kind, params ReadOnlySpan<byte> body)
    {
        var frame = new byte[HeaderLength + body.Length];
        Magic.CopyTo(frame);
        frame[4] = Version;
        frame[5] = (byte)kind;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(6), (ushort)body.Length);
        body.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    public static byte[] WriteHello(ReadOnlySpan<byte> nonce, PeerIdentity self, PeerAddress called) =>
        Write(HandshakeKind.Hello, [.. nonce, .. Uid(self.Uid), .. Text(self.Address), .. Text(called)]);

    public static byte[] WriteAccepted(HandshakeKind kind, PeerIdentity self, ReadOnlySpan<byte> proof) => Write(kind, [.. Identity(self), .. proof]);

    /// <summary>What an acceptor's proof covers of itself.</summary>
    public static byte[] Identity(PeerIdentity self) => [.. Uid(self.Uid), .. Text(self.Address)];

    /// <summary>Reads the body of <see cref="HandshakeKind.Hello"/>.</summary>
    public static bool TryReadHello(ReadOnlySpan<byte> body, [NotNullWhen(true)] out PeerIdentity? caller, [NotNullWhen(true)] out PeerAddress? called)
    {
        (caller, called) = (null, null);
        if (body.Length < NonceLength) return false;
        var rest = body[NonceLength..];
        return TryReadIdentity(ref rest, out caller) && TryReadText(ref rest, out called) && rest.IsEmpty;
    }

    /// <summary>Reads the body of <see cref="HandshakeKind.Accepted"/> and of <see cref="HandshakeKind.OtherAddress"/>.</summary>
    public static bool TryReadAccepted(ReadOnlySpan<byte> body, [NotNullWhen(true)] out PeerIdentity? answerer, out ReadOnlySpan<byte> proof)
    {
        var rest = body;
        var isRead = TryReadIdentity(ref rest, out answerer);
        proof = rest;
        return isRead && rest.Length == HandshakeKey.ProofLength;
    }

    /// <summary>Reads the body of <see cref="HandshakeKind.Refused"/>.</summary>
    public static bool TryReadRefused(ReadOnlySpan<byte> body, out Refusal reason)
    {
        reason = body.Length == 1 ? (Refusal)body[0] : default;
        return Refusals.IsToldToStrangers(reason);
    }

    private static bool TryReadIdentity(ref ReadOnlySpan<byte> rest, [NotNullWhen(true)] out PeerIdentity? identity)
    {
        identity = null;
        if (rest.Length < sizeof(int)) return false;
        var uid = BinaryPrimitives.ReadInt32BigEndian(rest);
        rest = rest[sizeof(int)..];
        if (!TryReadText(ref rest, out var address)) return false;
        identity = new(address, uid);
        return true;
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> rest, [NotNullWhen(true)] out PeerAddress? address)
    {
        address = null;
        if (rest.Length < sizeof(ushort)) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        rest = rest[sizeof(ushort)..];
        if (length > PeerAddress.MaxLength || rest.Length < length) return false;
        // Bytes above 127 become question marks, which no address has.
        address = PeerAddress.TryParse(Encoding.ASCII.GetString(rest[..length]));
        rest = rest[length..];
        return address is not null;
    }

    private static byte[] Uid(int uid)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, uid);
        return bytes;
    }

    private static byte[] Text(PeerAddress address)
    {
        var text = Encoding.ASCII.GetBytes(address.ToString());
        var bytes = new byte[sizeof(ushort) + text.Length];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)text.Length);
        text.CopyTo(bytes, sizeof(ushort));
        return bytes;
    }
}
