using Akka.Actor;

namespace Akka.Serialization;

/// <summary>A serializer that names what it writes by strings of its own rather than by types.</summary>
public abstract class SerializerWithStringManifest : Serializer
{
    protected SerializerWithStringManifest(ExtendedActorSystem system)
        : base(system)
    {
    }

    public sealed override bool IncludeManifest => true;

    public sealed override object FromBinary(byte[] bytes, Type type) => FromBinary(bytes, Util.TypeNames.Short(type));

    public abstract object FromBinary(byte[] bytes, string manifest);

    /// <summary>What tells <see cref="FromBinary(byte[], string)"/> how to read the bytes of this object.</summary>
    public abstract string Manifest(object o);
}
