using System.Reflection;
using ActorCompute.Processes;
using ActorCompute.Remoting.Transport;
using Akka.Actor;
using Akka.Configuration;

namespace ActorCompute.Remoting;

/// <summary>The one place where Akka.NET is configured, for seed, worker and client.</summary>
public static class SystemConfig
{
    /// <summary>The name of every actor system of a cluster; it is part of each address.</summary>
    public const string SystemName = "actorcompute";

    /// <summary>The registry's path below the seed's address.</summary>
    public const string RegistryPath = "/user/registry";

    /// <summary>Where the jobs run that tasks of a worker start; its threads are there from the first of them on.</summary>
    public const string NestedDispatcher = "nested-dispatcher";

    /// <summary>A seed of a standing cluster: a member of the Akka.Cluster.</summary>
    /// <param name="endpoint">Where it listens; port 0 takes a free one.</param>
    /// <param name="secret">The cluster's secret: who does not know it gets no message in.</param>
    /// <param name="tls">The certificate to speak TLS with; null for plain connections.</param>
    public static Config Seed(HostEndpoint endpoint, ClusterSecret secret, TlsCertificate? tls = null) => Parse("""
        akka.actor.provider = cluster
        akka.cluster.roles = [seed]
        """, endpoint, secret, tls);

    /// <summary>A worker, a client, or the whole of a local cluster's own process: reached by remoting, and no member of an Akka.Cluster.</summary>
    /// <inheritdoc cref="Seed"/>
    public static Config Peer(HostEndpoint endpoint, ClusterSecret secret, TlsCertificate? tls = null) => Parse("akka.actor.provider = remote", endpoint, secret, tls);

    /// <summary>Starts a system of a cluster.</summary>
    /// <param name="config">From here.</param>
    /// <remarks>Not the overload that takes a setup: that makes Akka.NET load System.Configuration, which takes 45 ms.</remarks>
    public static ActorSystem CreateSystem(Config config) => ActorSystem.Create(SystemName, config);

    /// <summary>The address that a system really got, after a free port was chosen.</summary>
    public static HostEndpoint EndpointOf(ActorSystem system)
    {
        var address = AddressOf(system);
        return HostEndpoint.OfAddress(address.Host, address.Port ?? 0);
    }

    /// <summary>An actor of another system of the same cluster.</summary>
    /// <param name="system">The own system.</param>
    /// <param name="endpoint">Where the other listens, by any name of its machine: see <see cref="OwnNames"/>.</param>
    /// <param name="path">The actor's path below that, for example <see cref="RegistryPath"/>.</param>
    public static ActorSelection ActorAt(this ActorSystem system, HostEndpoint endpoint, string path)
    {
        var known = OwnNames.In(system).Of(endpoint);
        return system.ActorSelection(AddressOf(system).WithHost(known.AddressHost).WithPort(known.Port) + path);
    }

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    private static readonly Lazy<Config> Common = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ActorCompute.Remoting.Configuration.common.conf")!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    });

    private static Config Parse(string own, HostEndpoint endpoint, ClusterSecret secret, TlsCertificate? tls) =>
        ConfigurationFactory.ParseString(own + "\n" + SocketTransportConfig.Text(endpoint, secret, tls)).WithFallback(Common.Value);

    internal static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
