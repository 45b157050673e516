using System.Globalization;
using System.Reflection;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Serialization;

namespace ActorCompute.Hosting;

/// <summary>The one place where the engine is configured, for seed, worker and client, on either engine.</summary>
public static class SystemConfig
{
    /// <summary>The name of every actor system of a cluster; it is part of each address.</summary>
    public const string SystemName = "actorcompute";

    /// <summary>The registry's path below the seed's address.</summary>
    public const string RegistryPath = "/user/registry";

    /// <summary>A process that is a member of the cluster: the seed or a node.</summary>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="seed">The seed's endpoint; null for the seed itself.</param>
    /// <param name="roles">Its roles.</param>
    public static Config Member(HostEndpoint endpoint, HostEndpoint? seed, params IEnumerable<string> roles)
    {
        var seeds = seed is null ? "" : Quote($"akka.tcp://{SystemName}@{seed}");
        return Parse($$"""
            akka.actor.provider = cluster
            akka.cluster.roles = [{{string.Join(", ", roles.Select(Quote))}}]
            akka.cluster.seed-nodes = [{{seeds}}]
            """).WithFallback(Listening(endpoint));
    }

    /// <summary>A process that talks to the cluster and is no member of it.</summary>
    public static Config Client(HostEndpoint endpoint) => Parse("akka.actor.provider = remote").WithFallback(Listening(endpoint));

    /// <summary>Starts a system of a cluster.</summary>
    /// <param name="config">From here.</param>
    public static ActorSystem CreateSystem(Config config) => ActorSystem.Create(SystemName, Setup(config));

    /// <summary>What a system of a cluster starts with: its configuration, and the serializer of all that is sent.</summary>
    /// <remarks>
    /// To the embedded engine the serializer is given as an object: to find it, and what it is for, by names in the configuration
    /// takes several milliseconds more. Akka.NET would write a warning to standard output for each type that it binds itself.
    /// Nothing falls back to JSON or to type names from the wire: what is not in <see cref="MessageManifests"/> cannot be sent.
    /// </remarks>
    public static ActorSystemSetup Setup(Config config) => BuildInfo.EngineName == BuildInfo.Embedded
        ? ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), Serializers)
        : ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(Parse(SerializersByName).WithFallback(config)));

    /// <summary>The address that a system really got, after a free port was chosen.</summary>
    public static HostEndpoint EndpointOf(ActorSystem system)
    {
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        return new(address.Host, address.Port ?? 0);
    }

    private static SerializationSetup Serializers { get; } = SerializationSetup.Create(system =>
        [SerializerDetails.Create("actorcompute", new MessageSerializer(system), [typeof(object)])]);

    // Messages as well: Akka.NET binds them to a serializer of its own, which is nearer to them than that of all objects.
    private static string SerializersByName => string.Create(CultureInfo.InvariantCulture, $$"""
        akka.actor {
          serializers.actorcompute = "ActorCompute.Messages.MessageSerializer, ActorCompute.Messages"
          serialization-bindings {
            "Google.Protobuf.IMessage, Google.Protobuf" = actorcompute
            "System.Object" = actorcompute
          }
          serialization-identifiers {
            "ActorCompute.Messages.MessageSerializer, ActorCompute.Messages" = {{MessageSerializer.SerializerIdentifier}}
          }
        }
        """);

    private static Config Listening(HostEndpoint endpoint) => Parse(string.Create(CultureInfo.InvariantCulture, $$"""
        akka.remote.dot-netty.tcp {
          hostname = {{Quote(endpoint.Host)}}
          port = {{endpoint.Port}}
        }
        """)).WithFallback(Common.Value);

    private static readonly Lazy<Config> Common = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ActorCompute.Hosting.Configuration.common.conf")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    });

    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    internal static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
