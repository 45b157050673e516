using System.Text;
using Akka.Actor;
using Akka.Remote.Associations;
using Akka.Remote.Transport;

namespace Akka.Remote.Wire;

/// <summary>
/// A user message:
/// <code>
/// recipient:name sender:name serializer:varint manifest:name payload:rest
/// </code>
/// A path that begins with '/' is at the receiving node (recipient) or at the sending node (sender); others are whole.
/// </summary>
internal static class MessageFrame
{
    /// <summary>The most that the fields before the payload take beside the three names themselves.</summary>
    private const int FixedOverhead = 1 + 3 * (1 + 2) + 5;

    /// <summary>Whether the frame is not too long; known before it is written.</summary>
    public static bool Fits(in Outgoing outgoing, int maximum)
    {
        var rest = maximum - (long)outgoing.Payload.Length - FixedOverhead;
        if (rest >= 3 * NameToken.MaximumNameBytes)
            return true; // nearly always; the names need not be looked at
        return rest >= Bytes(outgoing.Recipient.WireName) + Bytes(outgoing.Manifest)
            + (outgoing.Sender is null ? 0 : Bytes(PathNames.OfSender(outgoing.Sender)));
    }

    private static int Bytes(string name) => string.IsNullOrEmpty(name) ? 0 : Encoding.UTF8.GetByteCount(name);

    public static void Write(Connection connection, in Outgoing outgoing)
    {
        var writer = connection.Writer;
        var frame = writer.BeginFrame(FrameKind.Message);
        if (!connection.Recipients.TryWrite(writer, outgoing.Recipient))
        {
            if (outgoing.Recipient.IsTemporary)
                NameToken.WriteLiteral(writer, outgoing.Recipient.WireName);
            else
                connection.Recipients.Define(writer, outgoing.Recipient, outgoing.Recipient.WireName);
        }
        WriteSender(connection, writer, outgoing.Sender);
        writer.WriteVarInt32(outgoing.SerializerId);
        if (string.IsNullOrEmpty(outgoing.Manifest))
            NameToken.WriteNone(writer);
        else if (!connection.Manifests.TryWrite(writer, outgoing.Manifest))
            connection.Manifests.Define(writer, outgoing.Manifest, outgoing.Manifest);
        writer.WriteRaw(outgoing.Payload);
        writer.EndFrame(frame);
    }

    private static void WriteSender(Connection connection, WireWriter writer, IActorRef sender)
    {
        if (sender is null)
            NameToken.WriteNone(writer);
        else if (connection.Senders.TryWrite(writer, sender))
            return;
        else
            WriteNewSender(connection, writer, sender, PathNames.OfSender(sender));
    }

    private static void WriteNewSender(Connection connection, WireWriter writer, IActorRef sender, string name)
    {
        if (!NameToken.IsShortEnough(name))
            NameToken.WriteNone(writer);
        else if (PathNames.IsTemporary(sender.Path))
            NameToken.WriteLiteral(writer, name); // asks come from a new path each time
        else
            connection.Senders.Define(writer, sender, name);
    }
}
