using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Associations;

namespace Akka.Remote.Wire;

/// <summary>
/// A system message, numbered so that it arrives exactly once while both incarnations live:
/// <code>
/// number:varint version:1 kind:1 recipient:string  Watch, Unwatch: watcher:string
///                                                  Notification:   actor:string existed:1 addressTerminated:1
/// </code>
/// The recipient's path is at the receiving node; other paths that begin with '/' are at the sending node.
/// </summary>
internal static class SystemFrame
{
    private const byte Version = 1;

    private enum Kind : byte
    {
        Watch = 1,
        Unwatch = 2,
        Notification = 3,
        Terminate = 4,
    }

    public static bool CanCarry(ISystemMessage message) => message is Watch or Unwatch or DeathWatchNotification or Terminate;

    public static void Write(WireWriter writer, ulong number, in Outgoing outgoing)
    {
        var frame = writer.BeginFrame(FrameKind.System);
        writer.WriteVarUInt(number);
        writer.WriteByte(Version);
        switch (outgoing.Message)
        {
            case Watch watch:
                WriteKind(writer, Kind.Watch, outgoing.Recipient);
                writer.WriteString(PathNames.OfSender(watch.Watcher));
                break;
            case Unwatch unwatch:
                WriteKind(writer, Kind.Unwatch, outgoing.Recipient);
                writer.WriteString(PathNames.OfSender(unwatch.Watcher));
                break;
            case DeathWatchNotification notification:
                WriteKind(writer, Kind.Notification, outgoing.Recipient);
                writer.WriteString(PathNames.OfSender(notification.Actor));
                writer.WriteBool(notification.ExistenceConfirmed);
                writer.WriteBool(notification.AddressTerminated);
                break;
            case Terminate:
                WriteKind(writer, Kind.Terminate, outgoing.Recipient);
                break;
            default:
                throw new InvalidOperationException($"{outgoing.Message} does not travel between nodes");
        }
        writer.EndFrame(frame);
    }

    public static ulong ReadNumber(ref WireReader reader)
    {
        var number = reader.ReadVarUInt("number");
        if (number is 0 or > long.MaxValue)
            throw new WireFormatException($"system message number {number}");
        return number;
    }

    /// <summary>The recipient as this node resolves it, and the message made out to it.</summary>
    public static (IInternalActorRef Recipient, ISystemMessage Message) Read(ref WireReader reader, IPathResolver paths)
    {
        var version = reader.ReadByte("version");
        if (version != Version)
            throw new WireFormatException($"system message of version {version}; this node reads {Version}");
        var kind = (Kind)reader.ReadByte("kind");
        var recipient = paths.Here(ReadPath(ref reader, "recipient"));
        ISystemMessage message = kind switch
        {
            Kind.Watch => new Watch(recipient, paths.There(ReadPath(ref reader, "watcher"))),
            Kind.Unwatch => new Unwatch(recipient, paths.There(ReadPath(ref reader, "watcher"))),
            Kind.Notification => new DeathWatchNotification(
                paths.There(ReadPath(ref reader, "actor")), reader.ReadBool("existed"), reader.ReadBool("addressTerminated")),
            Kind.Terminate => Terminate.Instance,
            _ => throw new WireFormatException($"system message of kind {(byte)kind}"),
        };
        reader.ExpectEnd("system message");
        return (recipient, message);
    }

    private static void WriteKind(WireWriter writer, Kind kind, RemoteActorRef recipient)
    {
        writer.WriteByte((byte)kind);
        writer.WriteString(recipient.WireName);
    }

    private static string ReadPath(ref WireReader reader, string field) => reader.ReadString(field, NameToken.MaximumNameBytes);
}

/// <summary>What the paths in a peer's frames mean here. Never throws for a path it cannot read: that is dead letters.</summary>
internal interface IPathResolver
{
    /// <summary>A recipient: on this node.</summary>
    IInternalActorRef Here(string path);

    /// <summary>Another reference: on the peer when it begins with '/', else wherever its address says.</summary>
    IInternalActorRef There(string path);
}
