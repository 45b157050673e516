using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Google.Protobuf;

namespace ActorCompute.Messages;

/// <summary>
/// The one serializer of everything that ActorCompute sends: protobuf by the contracts under <c>Protos/</c>, the
/// manifest a short name from a closed list. Bytes from outside never name a type.
/// </summary>
/// <remarks>
/// Every failure leaves as a <see cref="SerializationException"/>: any other exception costs a whole connection on
/// Akka.NET, this one only the message.
/// </remarks>
public sealed class MessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>For Akka.NET, which gives the serializer named <c>json</c> that one's settings; there is nothing to set here.</summary>
    public MessageSerializer(ExtendedActorSystem system, Config _)
        : this(system)
    {
    }

    /// <summary>A number of our own: Akka.NET keeps those below 40 for itself.</summary>
    public const int SerializerIdentifier = 2026;

    public override int Identifier => SerializerIdentifier;

    public override string Manifest(object o) => MessageManifests.NameOf(o)
        ?? throw new SerializationException($"{o.GetType()} is not a message of ActorCompute.");

    public override byte[] ToBinary(object obj)
    {
        try
        {
            return ((IMessage)obj).ToByteArray();
        }
        catch (Exception e) when (e is not SerializationException)
        {
            throw new SerializationException($"{obj.GetType().Name} could not be written: {e.Message}", e);
        }
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var parser = MessageManifests.ParserOf(manifest)
            ?? throw new SerializationException($"'{manifest}' is not a message of ActorCompute {BuildInfo.Version}; the sender may be newer.");
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (Exception e) when (e is not SerializationException)
        {
            throw new SerializationException($"{manifest} could not be read: {e.Message}", e);
        }
    }
}
