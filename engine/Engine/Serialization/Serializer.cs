using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>Turns objects into bytes and back. Named on the wire by its <see cref="Identifier"/>.</summary>
public abstract class Serializer
{
    protected readonly ExtendedActorSystem system;

    private readonly Lazy<int> _identifier;

    protected Serializer(ExtendedActorSystem system)
    {
        this.system = system;
        _identifier = new Lazy<int>(() => ConfiguredIdentifier(GetType(), system));
    }

    /// <summary>Unique among a system's serializers, the same on all nodes. Unless overridden: from <c>akka.actor.serialization-identifiers</c>.</summary>
    public virtual int Identifier => _identifier.Value;

    /// <summary>Whether <see cref="FromBinary(byte[], Type)"/> needs the type, which then travels along.</summary>
    public abstract bool IncludeManifest { get; }

    public abstract byte[] ToBinary(object obj);

    public abstract object FromBinary(byte[] bytes, Type type);

    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));

    /// <summary>With references to actors written for that address.</summary>
    public byte[] ToBinaryWithAddress(Address address, object obj) =>
        Serialization.WithTransport(system, address, () => ToBinary(obj));

    private static int ConfiguredIdentifier(Type type, ExtendedActorSystem system)
    {
        var config = ((Actor.Internal.ActorSystemImpl)system).Config;
        foreach (var name in config.Keys(Serialization.IdentifiersPath))
        {
            if (TypeNames.Resolve(name) == type)
                return config.GetInt($"{Serialization.IdentifiersPath}.\"{name}\"");
        }
        throw new ConfigurationException(
            $"The serializer {type} has no identifier: override Identifier, or give it one in {Serialization.IdentifiersPath}.");
    }
}
