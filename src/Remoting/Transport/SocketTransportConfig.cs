using System.Globalization;
using ActorCompute.Processes;
using Akka.Configuration;

namespace ActorCompute.Remoting.Transport;

/// <summary>Configures an actor system to speak with others through <see cref="SocketTransport"/> alone.</summary>
public static class SocketTransportConfig
{
    /// <summary>The section of the transport.</summary>
    public const string Section = "akka.remote.sockets";

    /// <summary>The configuration that replaces DotNetty.</summary>
    /// <param name="endpoint">Where the system listens; port 0 takes a free one.</param>
    /// <param name="secret">Whoever does not know it gets no message in.</param>
    /// <param name="certificate">With one, everything is TLS.</param>
    public static Config Create(HostEndpoint endpoint, ClusterSecret secret, TlsCertificate? certificate = null) =>
        ConfigurationFactory.ParseString(Text(endpoint, secret, certificate));

    /// <summary>The same as text.</summary>
    public static string Text(HostEndpoint endpoint, ClusterSecret secret, TlsCertificate? certificate = null)
    {
        var tls = certificate is null ? "" : $"tls {{ path = {SystemConfig.Quote(certificate.Path)}, password = {SystemConfig.Quote(certificate.Password)} }}";
        return string.Create(CultureInfo.InvariantCulture, $$"""
            akka.remote.enabled-transports = ["{{Section}}"]
            {{Section}} {
              transport-class = "ActorCompute.Remoting.Transport.SocketTransport, ActorCompute.Remoting"
              applied-adapters = []
              transport-protocol = {{SocketTransport.Scheme}}
              hostname = {{SystemConfig.Quote(endpoint.Host)}}
              port = {{endpoint.Port}}
              secret = {{SystemConfig.Quote(secret.Text)}}
              {{tls}}
            }
            """);
    }
}
