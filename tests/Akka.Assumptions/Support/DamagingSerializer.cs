using ActorCompute.Messages;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Google.Protobuf;

namespace ActorCompute.Assumptions.Support;

/// <summary>Writes as <see cref="MessageSerializer"/> does, except for messages that name a damage as their job: the receiver cannot read those.</summary>
internal sealed class DamagingSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>No message at all.</summary>
    public const string Bytes = "damaged bytes";

    /// <summary>One that this release does not know.</summary>
    public const string UnknownManifest = "unknown manifest";

    /// <summary>Settings of a system that writes with it.</summary>
    public static readonly string Config = $"akka.actor.serializers.json = \"{typeof(DamagingSerializer).FullName}, {typeof(DamagingSerializer).Assembly.GetName().Name}\"";

    /// <summary>For Akka.NET, which gives the serializer named <c>json</c> that one's settings.</summary>
    public DamagingSerializer(ExtendedActorSystem system, Config _)
        : this(system)
    {
    }

    private readonly MessageSerializer _whole = new(system);

    public override int Identifier => _whole.Identifier;

    public override string Manifest(object o) => o is Chunk { Job: UnknownManifest } ? "zz" : _whole.Manifest(o);

    public override byte[] ToBinary(object obj) => obj is Chunk { Job: Bytes } ? [0xff, 0xff] : ((IMessage)obj).ToByteArray();

    public override object FromBinary(byte[] bytes, string manifest) => _whole.FromBinary(bytes, manifest);
}
