using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>
/// The serializers of a system, by type and by identifier. A type is served by the binding nearest to it; there is no
/// serializer for all types, so an unbound type is an error on this side, never a surprise on the other.
/// </summary>
public class Serialization
{
    internal const string IdentifiersPath = "akka.actor.serialization-identifiers";

    private readonly ConcurrentDictionary<int, Serializer> _byId = new();
    private readonly ConcurrentDictionary<string, Serializer> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, Serializer> _bindings = new();
    private volatile ConcurrentDictionary<Type, Serializer> _resolved = new();
    private readonly NullSerializer _null;

    internal Serialization(ExtendedActorSystem system)
    {
        System = system;
        _null = new NullSerializer(system);
        AddSerializer("null", _null);
        var implementation = (ActorSystemImpl)system;
        AddConfigured(implementation.Config);
        var setup = implementation.Setup.Get<SerializationSetup>();
        if (setup.HasValue)
        {
            foreach (var details in setup.Value.CreateSerializers(system))
            {
                AddSerializer(details.Alias, details.Serializer);
                foreach (var type in details.UseFor)
                    AddSerializationMap(type, details.Serializer);
            }
        }
    }

    public ExtendedActorSystem System { get; }

    /// <summary>Under the transport's own address: references written inside get it.</summary>
    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) =>
        WithTransport(system, system.Provider.DefaultAddress, action);

    public static T WithTransport<TState, T>(ExtendedActorSystem system, TState state, Func<TState, T> action) =>
        WithTransport(system, () => action(state));

    /// <summary>The path of a reference as the other side can use it; empty for no sender.</summary>
    public static string SerializedActorPath(IActorRef actorRef)
    {
        if (actorRef is null)
            return "";
        var path = actorRef.Path;
        var owner = actorRef is IInternalActorRef and not Nobody ? ((LocalActorRefProvider)((IInternalActorRef)actorRef).Provider).System : null;
        if (TransportScope.Address is not { } address)
            return owner is null ? path.ToSerializationFormat() : path.ToSerializationFormatWithAddress(owner.Provider.DefaultAddress);
        if (owner is null || ReferenceEquals(owner, TransportScope.System))
            return path.ToSerializationFormatWithAddress(address);
        // A reference of another system of this process: by the address under which that one is reached.
        return path.ToSerializationFormatWithAddress(owner.Provider.GetExternalAddressFor(address) ?? owner.Provider.DefaultAddress);
    }

    /// <summary>What has to travel with the bytes for the serializer to read them again.</summary>
    public static string ManifestFor(Serializer s, object msg) => s switch
    {
        SerializerWithStringManifest named => named.Manifest(msg),
        { IncludeManifest: true } when msg is not null => TypeNames.Short(msg.GetType()),
        _ => "",
    };

    public void AddSerializer(string name, Serializer serializer)
    {
        if (_byId.TryGetValue(serializer.Identifier, out var other) && other.GetType() != serializer.GetType())
        {
            throw new ConfigurationException(
                $"The serializers {other.GetType()} and {serializer.GetType()} have the same identifier {serializer.Identifier}.");
        }
        _byId[serializer.Identifier] = serializer;
        _byName[name] = serializer;
    }

    public void AddSerializationMap(Type type, Serializer serializer)
    {
        _bindings[type] = serializer;
        _resolved = new(); // not cleared: that brings up a source of events of the framework's, 5 ms of a process's start
    }

    public byte[] Serialize(object o) => WithTransport(System, () => FindSerializerFor(o).ToBinary(o));

    /// <exception cref="SerializationException">No serializer has that identifier.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = ById(serializerId, manifest);
        if (serializer is SerializerWithStringManifest named)
            return named.FromBinary(bytes, manifest);
        if (!serializer.IncludeManifest)
            return serializer.FromBinary(bytes, null);
        // A type name from the wire is looked up among the types bound here, never loaded.
        foreach (var (type, bound) in _bindings)
        {
            if (ReferenceEquals(bound, serializer) && TypeNames.Short(type) == manifest)
                return serializer.FromBinary(bytes, type);
        }
        throw new SerializationException($"No type '{manifest}' is bound to the serializer {serializer.GetType()} (identifier {serializerId}).");
    }

    public object Deserialize(byte[] bytes, int serializerId, Type type) => ById(serializerId, type?.FullName).FromBinary(bytes, type);

    /// <exception cref="SerializationException">No serializer is bound to its type, to a base or to an interface of it.</exception>
    public Serializer FindSerializerFor(object obj, string defaultSerializerName = null) =>
        obj is null ? _null : FindSerializerForType(obj.GetType(), defaultSerializerName);

    public Serializer FindSerializerForType(Type objectType, string defaultSerializerName = null)
    {
        if (_resolved.TryGetValue(objectType, out var known) || TryResolve(objectType, out known))
            return known;
        if (defaultSerializerName is not null && _byName.TryGetValue(defaultSerializerName, out var named))
            return named;
        throw new SerializationException($"No serializer is bound to [{objectType.FullName}]: add a binding to akka.actor.serialization-bindings "
            + "or with a SerializationSetup. Nothing is serialized by default.");
    }

    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);

    internal static T WithTransport<T>(ExtendedActorSystem system, Address address, Func<T> action)
    {
        var (oldSystem, oldAddress) = (TransportScope.System, TransportScope.Address);
        (TransportScope.System, TransportScope.Address) = (system, address);
        try
        {
            return action();
        }
        finally
        {
            (TransportScope.System, TransportScope.Address) = (oldSystem, oldAddress);
        }
    }

    private Serializer ById(int identifier, string manifest) =>
        _byId.TryGetValue(identifier, out var serializer) ? serializer
            : throw new SerializationException($"No serializer has the identifier {identifier} (manifest '{manifest}').");

    /// <summary>The binding that no other fitting binding is more special than; of several the first by name, so all nodes agree.</summary>
    private bool TryResolve(Type type, out Serializer serializer)
    {
        if (!_bindings.TryGetValue(type, out serializer))
        {
            // Written without LINQ over pairs, which is not compiled ahead of time: the first message of a process waits for it.
            var fitting = new List<Type>();
            foreach (var bound in _bindings.Keys)
            {
                if (bound.IsAssignableFrom(type))
                    fitting.Add(bound);
            }

            Type nearest = null;
            foreach (var one in fitting)
            {
                if (!fitting.Exists(other => other != one && one.IsAssignableFrom(other)) && (nearest is null || string.CompareOrdinal(one.FullName, nearest.FullName) < 0))
                    nearest = one;
            }

            if (nearest is not null)
                serializer = _bindings[nearest];
        }
        if (serializer is null)
            return false;
        _resolved[type] = serializer;
        return true;
    }

    private void AddConfigured(Config config)
    {
        foreach (var name in config.Keys("akka.actor.serializers"))
        {
            var typeName = config.GetString($"akka.actor.serializers.\"{name}\"");
            var type = TypeNames.Resolve(typeName)
                ?? throw new ConfigurationException($"akka.actor.serializers.{name}: the type '{typeName}' cannot be loaded.");
            AddSerializer(name, Create(type, config.Section($"akka.actor.serialization-settings.\"{name}\"")));
        }
        foreach (var typeName in config.Keys("akka.actor.serialization-bindings"))
        {
            var name = config.GetString($"akka.actor.serialization-bindings.\"{typeName}\"");
            var type = TypeNames.Resolve(typeName)
                ?? throw new ConfigurationException($"akka.actor.serialization-bindings: the type '{typeName}' cannot be loaded.");
            if (!_byName.TryGetValue(name, out var serializer))
                throw new ConfigurationException($"akka.actor.serialization-bindings binds '{typeName}' to '{name}', which is no serializer.");
            AddSerializationMap(type, serializer);
        }
    }

    private Serializer Create(Type type, Config settings)
    {
        if (type == typeof(ByteArraySerializer))
            return new ByteArraySerializer(System);
        var withSettings = type.GetConstructor([typeof(ExtendedActorSystem), typeof(Config)]);
        object[] arguments = withSettings is null ? [System] : [System, settings];
        return (Serializer)Activator.CreateInstance(
            type, global::System.Reflection.BindingFlags.Instance | global::System.Reflection.BindingFlags.Public
                | global::System.Reflection.BindingFlags.NonPublic | global::System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}
