using System.Globalization;
using System.Reflection;
using Akka.Actor;
using Akka.Configuration;

namespace ActorCompute.Hosting;

/// <summary>The one place where Akka.NET is configured, for seed, worker and client.</summary>
public static class SystemConfig
{
    /// <summary>The name of every actor system of a cluster; it is part of each address.</summary>
    public const string SystemName = "actorcompute";

    /// <summary>The registry's path below the seed's address.</summary>
    public const string RegistryPath = "/user/registry";

    /// <summary>A seed of a standing cluster: a member of the Akka.Cluster.</summary>
    /// <param name="endpoint">Where it listens; port 0 takes a free one.</param>
    public static Config Seed(HostEndpoint endpoint) => Parse("""
        akka.actor.provider = cluster
        akka.cluster.roles = [seed]
        """).WithFallback(Listening(endpoint));

    /// <summary>A worker, a client, or the whole of a local cluster's own process: reached by remoting, and no member of an Akka.Cluster.</summary>
    /// <param name="endpoint">Where it listens; port 0 takes a free one.</param>
    public static Config Peer(HostEndpoint endpoint) => Parse("akka.actor.provider = remote").WithFallback(Listening(endpoint));

    /// <summary>Starts a system of a cluster.</summary>
    /// <param name="config">From here.</param>
    /// <remarks>Not the overload that takes a setup: that makes Akka.NET load System.Configuration, which takes 45 ms.</remarks>
    public static ActorSystem CreateSystem(Config config) => ActorSystem.Create(SystemName, config);

    /// <summary>The address that a system really got, after a free port was chosen.</summary>
    public static HostEndpoint EndpointOf(ActorSystem system)
    {
        var address = AddressOf(system);
        return new(address.Host, address.Port ?? 0);
    }

    /// <summary>An actor of another system of the same cluster.</summary>
    /// <param name="system">The own system: its protocol, plain or TLS, is the whole cluster's.</param>
    /// <param name="endpoint">Where the other listens.</param>
    /// <param name="path">The actor's path below that, for example <see cref="RegistryPath"/>.</param>
    public static ActorSelection ActorAt(this ActorSystem system, HostEndpoint endpoint, string path) =>
        system.ActorSelection(AddressOf(system).WithHost(endpoint.Host).WithPort(endpoint.Port) + path);

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

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
