using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Associations;

namespace Akka.Remote.Wire;

/// <summary>
/// Between messages and bytes: the engine's own codecs first, then the serializers that the application has bound. A
/// message that neither knows does not leave the node; there is no fallback by type name.
/// </summary>
internal sealed class MessageSerializer
{
    /// <summary>A message in a message in a message; an honest one is three deep.</summary>
    private const int MaximumDepth = 8;

    [ThreadStatic]
    private static int _depth;

    private readonly RemoteHub _hub;
    private readonly List<InternalCodec> _codecs = [];

    public MessageSerializer(RemoteHub hub)
    {
        _hub = hub;
        _codecs.Add(new EngineCodec(this, hub));
    }

    /// <summary>Before the first message.</summary>
    public void Add(InternalCodec codec) => _codecs.Add(codec);

    /// <summary>False when it could not be done; the log says why then, and the message is a dead letter.</summary>
    public bool TrySerialize(object message, IActorRef sender, RemoteActorRef recipient, out Outgoing outgoing)
    {
        outgoing = new Outgoing { Message = message, Sender = sender, Recipient = recipient };
        try
        {
            (outgoing.SerializerId, outgoing.Manifest, outgoing.Payload) = Serialize(message);
        }
        catch (Exception e)
        {
            _hub.Log.Error(e, "Cannot serialize {0} for [{1}] (sender [{2}]): {3}", message.GetType(), recipient, sender, e.Message);
            _hub.DeadLetter(message, sender, recipient);
            return false;
        }
        if (!NameToken.IsShortEnough(recipient.WireName) || !NameToken.IsShortEnough(outgoing.Manifest))
        {
            _hub.Log.Error("Dropped {0} to [{1}] (sender [{2}]): path and manifest may have {3} bytes each",
                message.GetType(), recipient, sender, NameToken.MaximumNameBytes);
            return false;
        }
        if (MessageFrame.Fits(in outgoing, _hub.Settings.MaximumFrameSize))
            return true;
        _hub.Log.Error(
            "Dropped {0} to [{1}] (sender [{2}]): {3}", message.GetType(), recipient, sender,
            $"with {outgoing.Payload.Length} bytes it does not fit a frame of {_hub.Settings.MaximumFrameSize} " +
            "(akka.remote.dot-netty.tcp.maximum-frame-size, to be raised on both nodes)");
        return false;
    }

    public (int Id, string Manifest, byte[] Payload) Serialize(object message)
    {
        foreach (var codec in _codecs)
        {
            if (codec.CanWrite(message))
                return (codec.Identifier, "", Write(codec, message));
        }
        var serializer = _hub.System.Serialization.FindSerializerFor(message);
        var payload = Serialization.Serialization.WithTransport(_hub.System, (serializer, message), static call => call.serializer.ToBinary(call.message))
            ?? throw new SerializationException($"{serializer.GetType()} made null of {message.GetType()}");
        return (serializer.Identifier, Serialization.Serialization.ManifestFor(serializer, message), payload);
    }

    public object Deserialize(ReadOnlySpan<byte> payload, int serializerId, string manifest)
    {
        foreach (var codec in _codecs)
        {
            if (codec.Identifier != serializerId)
                continue;
            Enter();
            try
            {
                return codec.Read(payload);
            }
            finally
            {
                _depth--;
            }
        }
        return _hub.System.Serialization.Deserialize(payload.ToArray(), serializerId, manifest)
            ?? throw new SerializationException($"serializer {serializerId} made null of '{manifest}'");
    }

    private static byte[] Write(InternalCodec codec, object message)
    {
        Enter();
        using var writer = new WireWriter();
        try
        {
            codec.Write(writer, message);
            return writer.Written.ToArray();
        }
        finally
        {
            _depth--;
        }
    }

    private static void Enter()
    {
        if (_depth >= MaximumDepth)
            throw new SerializationException($"messages nested more than {MaximumDepth} deep");
        _depth++;
    }
}
