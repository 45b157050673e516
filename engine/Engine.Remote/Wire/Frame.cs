using System.Buffers.Binary;

namespace Akka.Remote.Wire;

internal enum FrameKind : byte
{
    Hello = 1,
    Welcome = 2,
    Reject = 3,
    Message = 4,
    System = 5,
    Ack = 6,
    Heartbeat = 7,
    HeartbeatReply = 8,
    Goodbye = 9,
}

/// <summary>
/// What travels on a connection, both ways:
/// <code>
///  0        4      5
///  +--------+------+---------------- - - -
///  | length | kind | body
///  +--------+------+---------------- - - -
/// </code>
/// The length (32 bits, little endian) counts kind and body; it is 1 at least and the agreed maximum at most.
/// </summary>
internal static class Frame
{
    public const int PrefixLength = 4;

    /// <summary>
    /// Looks for one whole frame at the start of <paramref name="bytes"/>. Returns its length with the prefix, or 0 when
    /// more bytes have to come. A length out of range throws: what follows it cannot be told apart any more.
    /// </summary>
    public static int TryRead(ReadOnlySpan<byte> bytes, int maximum, out FrameKind kind, out ReadOnlySpan<byte> body)
    {
        kind = default;
        body = default;
        var wanted = LengthOf(bytes, maximum);
        if (wanted == 0 || bytes.Length < wanted)
            return 0;
        kind = (FrameKind)bytes[PrefixLength];
        body = bytes[(PrefixLength + 1)..wanted];
        return wanted;
    }

    /// <summary>Length with prefix of the frame that starts here, 0 when not even the prefix is there.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes, int maximum)
    {
        if (bytes.Length < PrefixLength)
            return 0;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length == 0 || length > (uint)maximum)
            throw new WireFormatException($"frame length {length} is not between 1 and {maximum}");
        return (int)length + PrefixLength;
    }
}
