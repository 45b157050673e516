using ActorCompute.Hosting;
using ActorCompute.Hosting.Transport;
using ActorCompute.Messages;
using Akka.Configuration;

namespace ActorCompute.Transports;

/// <summary>The configuration of an actor system on one of the transports that are compared.</summary>
internal static class TransportKind
{
    public static Config Configure(string kind, string secret)
    {
        var common = SystemConfig.Peer(HostEndpoint.Loopback);
        if (kind == "dotnetty") return common;
        var certificate = kind == "tls" ? new TlsCertificate(Environment.GetEnvironmentVariable("TRANSPORTS_PFX")!, "bench") : null;
        var config = SocketTransportConfig.Create(HostEndpoint.Loopback, ClusterSecret.FromText(secret), certificate).WithFallback(common);
        return kind == "select" ? ConfigurationFactory.ParseString($"{SocketTransportConfig.Section}.poller = select").WithFallback(config) : config;
    }
}
