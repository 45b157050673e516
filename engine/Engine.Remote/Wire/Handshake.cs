using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>Who speaks: the address a node is known by and the number of this incarnation of it.</summary>
internal readonly record struct NodeIdentity(Address Address, int Uid);

/// <summary>First frame of a connection: who calls, and whom it means to reach.</summary>
/// <param name="Call">Counts this incarnation's calls to that address.</param>
internal sealed record Hello(NodeIdentity From, Address To, uint Call);

/// <summary>The answer of the node that was meant; messages may follow in both directions.</summary>
/// <param name="Calls">
/// How often it has called the other way so far. When both call at once, the hello of the call that was given up may arrive
/// after the other one was answered; this number tells it from a new call.
/// </param>
internal sealed record Welcome(NodeIdentity From, uint Calls);

/// <summary>The answer of a node that will not talk on this connection, which it then closes.</summary>
internal sealed record Reject(RejectReason Reason, string Text);

internal enum RejectReason : byte
{
    Version = 1,
    WrongAddress = 2,
    Quarantined = 3,

    /// <summary>Both called each other; the connection of the node with the smaller address is kept.</summary>
    Simultaneous = 4,
    ShuttingDown = 5,

    /// <summary>Said in plain: the node speaks TLS only.</summary>
    Tls = 6,
}

/// <summary>
/// The three handshake frames. Each begins with the magic number and the version, in that order and for ever, so that
/// any version can tell a stranger from a node that speaks another one.
/// <code>
/// Hello    magic:4 version:1 uid:4 call:4 from:address to:address
/// Welcome  magic:4 version:1 uid:4 calls:4 from:address
/// Reject   magic:4 version:1 reason:1 text:string
/// address  system:string host:string port:2
/// </code>
/// </summary>
internal static class Handshake
{
    public const uint Magic = 0x31435441; // "ATC1" as bytes
    public const byte Version = 1;

    /// <summary>Enough for two addresses with the longest host names that DNS allows.</summary>
    public const int MaximumFrame = 2048;

    private const int MaximumName = 255;

    public static void Write(WireWriter writer, Hello hello)
    {
        var frame = Begin(writer, FrameKind.Hello);
        writer.WriteInt32(hello.From.Uid);
        writer.WriteUInt32(hello.Call);
        WriteAddress(writer, hello.From.Address);
        WriteAddress(writer, hello.To);
        writer.EndFrame(frame);
    }

    public static void Write(WireWriter writer, Welcome welcome)
    {
        var frame = Begin(writer, FrameKind.Welcome);
        writer.WriteInt32(welcome.From.Uid);
        writer.WriteUInt32(welcome.Calls);
        WriteAddress(writer, welcome.From.Address);
        writer.EndFrame(frame);
    }

    public static void Write(WireWriter writer, Reject reject)
    {
        var frame = Begin(writer, FrameKind.Reject);
        writer.WriteByte((byte)reject.Reason);
        writer.WriteString(reject.Text);
        writer.EndFrame(frame);
    }

    public static Hello ReadHello(ReadOnlySpan<byte> body, string protocol)
    {
        var reader = Open(body);
        var uid = reader.ReadInt32("uid");
        var call = reader.ReadUInt32("call");
        var from = ReadAddress(ref reader, protocol, "caller's address");
        var to = ReadAddress(ref reader, protocol, "called address");
        reader.ExpectEnd("hello");
        return new Hello(new NodeIdentity(from, uid), to, call);
    }

    public static Welcome ReadWelcome(ReadOnlySpan<byte> body, string protocol)
    {
        var reader = Open(body);
        var uid = reader.ReadInt32("uid");
        var calls = reader.ReadUInt32("calls");
        var from = ReadAddress(ref reader, protocol, "answering address");
        reader.ExpectEnd("welcome");
        return new Welcome(new NodeIdentity(from, uid), calls);
    }

    public static Reject ReadReject(ReadOnlySpan<byte> body)
    {
        // The version is not checked: "I speak version 2" must be readable by version 1.
        var reader = new WireReader(body);
        CheckMagic(ref reader);
        reader.ReadByte("version");
        return new Reject((RejectReason)reader.ReadByte("reason"), reader.ReadString("text", MaximumFrame));
    }

    private static int Begin(WireWriter writer, FrameKind kind)
    {
        var frame = writer.BeginFrame(kind);
        writer.WriteUInt32(Magic);
        writer.WriteByte(Version);
        return frame;
    }

    private static WireReader Open(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        CheckMagic(ref reader);
        var version = reader.ReadByte("version");
        if (version != Version)
            throw new ProtocolVersionException(version);
        return reader;
    }

    private static void CheckMagic(ref WireReader reader)
    {
        if (reader.ReadUInt32("magic") != Magic)
            throw new WireFormatException("magic number: the other side is not an actor system of this engine");
    }

    public static void WriteAddress(WireWriter writer, Address address)
    {
        writer.WriteString(address.System);
        writer.WriteString(address.Host);
        writer.WriteUInt16((ushort)address.Port.GetValueOrDefault());
    }

    public static Address ReadAddress(ref WireReader reader, string protocol, string field)
    {
        var system = reader.ReadString(field, MaximumName);
        var host = reader.ReadString(field, MaximumName);
        var port = reader.ReadUInt16(field);
        if (!IsName(system) || !IsName(host) || port == 0)
            throw new WireFormatException($"{field}: not an address");
        return new Address(protocol, system, host, port);
    }

    /// <summary>What an address is printed with must not be able to change how it reads.</summary>
    private static bool IsName(string text)
    {
        if (text.Length == 0)
            return false;
        foreach (var c in text)
        {
            if (c is '@' or '/' or '#' or <= ' ' or > '~')
                return false;
        }
        return true;
    }
}

/// <summary>The other side is of this engine but of another version of the protocol.</summary>
internal sealed class ProtocolVersionException(byte theirs)
    : Exception($"protocol version {theirs}; this node speaks {Handshake.Version}: run the same release on every node")
{
    public byte Theirs { get; } = theirs;
}
