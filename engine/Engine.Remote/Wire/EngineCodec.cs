using Akka.Actor;
using Akka.Routing;

namespace Akka.Remote.Wire;

/// <summary>
/// The engine's own messages that actors on different nodes send each other, and the plain values that need no contract.
/// <code>
/// version:1 kind:1 fields
/// nested message := serializer:varint manifest:string payload:bytes
/// reference      := path:string, "" for none
/// </code>
/// </summary>
internal sealed class EngineCodec(MessageSerializer nested, RemoteHub hub) : InternalCodec
{
    public const int Id = 16;

    private const byte Version = 1;
    private const int MaximumText = int.MaxValue; // a frame bounds it
    private const int MaximumElements = 256;

    private enum Kind : byte
    {
        Null = 0,
        Identify = 1,
        ActorIdentity = 2,
        PoisonPill = 3,
        Kill = 4,
        Success = 5,
        Failure = 6,
        Selection = 7,
        Text = 8,
        Int32 = 9,
        Int64 = 10,
        Boolean = 11,
        Reference = 12,
        Done = 13,
        Broadcast = 14,
    }

    public override int Identifier => Id;

    public override bool CanWrite(object message) => message is null or string or int or long or bool or Done
        or Identify or ActorIdentity or PoisonPill or Kill or Status or ActorSelectionMessage or IActorRef or Broadcast;

    public override void Write(WireWriter writer, object message)
    {
        writer.WriteByte(Version);
        switch (message)
        {
            case null:
                WriteKind(writer, Kind.Null);
                break;
            case Identify identify:
                WriteKind(writer, Kind.Identify);
                WriteNested(writer, identify.MessageId);
                break;
            case ActorIdentity identity:
                WriteKind(writer, Kind.ActorIdentity);
                WriteNested(writer, identity.MessageId);
                WriteReference(writer, identity.Subject);
                break;
            case PoisonPill:
                WriteKind(writer, Kind.PoisonPill);
                break;
            case Actor.Kill:
                WriteKind(writer, Kind.Kill);
                break;
            case Status.Success success:
                WriteKind(writer, Kind.Success);
                WriteNested(writer, success.Status);
                break;
            case Status.Failure failure:
                WriteKind(writer, Kind.Failure);
                writer.WriteString(failure.Cause?.GetType().FullName ?? "");
                writer.WriteString(failure.Cause?.Message ?? "");
                WriteNested(writer, failure.State);
                break;
            case ActorSelectionMessage selection:
                WriteKind(writer, Kind.Selection);
                writer.WriteBool(selection.WildcardFanOut);
                writer.WriteVarUInt((ulong)selection.Elements.Length);
                foreach (var element in selection.Elements)
                    writer.WriteString(element);
                WriteNested(writer, selection.Message);
                break;
            case string text:
                WriteKind(writer, Kind.Text);
                writer.WriteString(text);
                break;
            case int number:
                WriteKind(writer, Kind.Int32);
                writer.WriteInt32(number);
                break;
            case long number:
                WriteKind(writer, Kind.Int64);
                writer.WriteInt64(number);
                break;
            case bool flag:
                WriteKind(writer, Kind.Boolean);
                writer.WriteBool(flag);
                break;
            case IActorRef reference:
                WriteKind(writer, Kind.Reference);
                WriteReference(writer, reference);
                break;
            case Done:
                WriteKind(writer, Kind.Done);
                break;
            case Broadcast broadcast:
                WriteKind(writer, Kind.Broadcast);
                WriteNested(writer, broadcast.Message);
                break;
        }
    }

    public override object Read(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        var version = reader.ReadByte("version");
        if (version != Version)
            throw new WireFormatException($"engine message of version {version}; this node reads {Version}");
        var kind = (Kind)reader.ReadByte("kind");
        object message = kind switch
        {
            Kind.Null => null,
            Kind.Identify => new Identify(ReadNested(ref reader)),
            Kind.ActorIdentity => new ActorIdentity(ReadNested(ref reader), ReadReference(ref reader)),
            Kind.PoisonPill => PoisonPill.Instance,
            Kind.Kill => Actor.Kill.Instance,
            Kind.Success => new Status.Success(ReadNested(ref reader)),
            Kind.Failure => ReadFailure(ref reader),
            Kind.Selection => ReadSelection(ref reader),
            Kind.Text => reader.ReadString("text", MaximumText),
            Kind.Int32 => reader.ReadInt32("number"),
            Kind.Int64 => reader.ReadInt64("number"),
            Kind.Boolean => reader.ReadBool("flag"),
            Kind.Reference => ReadReference(ref reader),
            Kind.Done => Done.Instance,
            Kind.Broadcast => new Broadcast(ReadNested(ref reader) ?? throw new WireFormatException("broadcast of nothing")),
            _ => throw new WireFormatException($"engine message of kind {(byte)kind}"),
        };
        reader.ExpectEnd(kind.ToString());
        return message;
    }

    private static void WriteKind(WireWriter writer, Kind kind) => writer.WriteByte((byte)kind);

    private void WriteNested(WireWriter writer, object message)
    {
        var (id, manifest, payload) = nested.Serialize(message);
        writer.WriteVarInt32(id);
        writer.WriteString(manifest);
        writer.WriteBytes(payload);
    }

    private object ReadNested(ref WireReader reader)
    {
        var id = reader.ReadVarInt32("nested serializer");
        var manifest = reader.ReadString("nested manifest", NameToken.MaximumNameBytes);
        return nested.Deserialize(reader.ReadBytes("nested payload", MaximumText), id, manifest);
    }

    private void WriteReference(WireWriter writer, IActorRef reference) =>
        writer.WriteString(reference is null or Nobody ? "" : hub.WholePath(reference));

    private IActorRef ReadReference(ref WireReader reader)
    {
        var path = reader.ReadString("path", NameToken.MaximumNameBytes);
        return path.Length == 0 ? null : hub.Provider.ResolveActorRef(path);
    }

    /// <summary>An exception is text on the wire, never an object: its type may not exist here, or should not be made by a peer.</summary>
    private Status.Failure ReadFailure(ref WireReader reader)
    {
        var type = reader.ReadString("type", NameToken.MaximumNameBytes);
        var text = reader.ReadString("text", MaximumText);
        var state = ReadNested(ref reader);
        return new Status.Failure(type.Length == 0 ? null : new RemoteFailureException(type, text), state);
    }

    private ActorSelectionMessage ReadSelection(ref WireReader reader)
    {
        var isFanOut = reader.ReadBool("fan-out");
        var elements = new string[reader.ReadCount("path elements", 1, MaximumElements)];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = reader.ReadString("path element", NameToken.MaximumNameBytes);
        var message = ReadNested(ref reader) ?? throw new WireFormatException("selection without message");
        return new ActorSelectionMessage(message, elements, isFanOut);
    }
}

/// <summary>What failed on another node, in its own words.</summary>
internal sealed class RemoteFailureException(string type, string text) : AkkaException($"{type}: {text}")
{
    public string RemoteType { get; } = type;
}
