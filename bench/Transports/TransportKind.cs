using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using ActorCompute.Remoting.Transport;
using Akka.Configuration;

namespace ActorCompute.Transports;

/// <summary>The configuration of an actor system on one of the transports that are compared.</summary>
internal static class TransportKind
{
    public static Config Configure(string kind, string secret)
    {
        var certificate = kind == "tls" ? new TlsCertificate(Environment.GetEnvironmentVariable("TRANSPORTS_PFX")!, "bench") : null;
        var config = SystemConfig.Peer(HostEndpoint.Loopback, ClusterSecret.FromText(secret), certificate);
        // Settings to compare with those of the product.
        if (kind.StartsWith("tuned", StringComparison.Ordinal)) return ConfigurationFactory.ParseString(Environment.GetEnvironmentVariable($"TRANSPORTS_{kind.ToUpperInvariant()}") ?? "").WithFallback(config);
        if (kind == "dotnetty")
        {
            return ConfigurationFactory.ParseString("""
                akka.remote {
                  enabled-transports = ["akka.remote.dot-netty.tcp"]
                  dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 16MiB, batching.max-pending-millis = 1 }
                }
                """).WithFallback(config);
        }

        return kind == "select" ? ConfigurationFactory.ParseString($"{SocketTransportConfig.Section}.poller = select").WithFallback(config) : config;
    }
}
