using Akka.Configuration;

namespace ActorCompute.Hosting;

/// <summary>Switches TLS on in the configuration of an actor system.</summary>
public static class TlsConfig
{
    /// <summary>The configuration with TLS by a certificate; the same without one.</summary>
    public static Config WithTls(this Config config, TlsCertificate? certificate) => certificate is null ? config : ConfigurationFactory.ParseString($$"""
        akka.remote.dot-netty.tcp {
          enable-ssl = true
          ssl {
            # Each side shows a certificate that chains to a root which the other side's system trusts. Host names are not
            # compared: workers come and go on any host.
            suppress-validation = false
            require-mutual-authentication = true
            validate-certificate-hostname = false
            certificate {
              path = {{SystemConfig.Quote(certificate.Path)}}
              password = {{SystemConfig.Quote(certificate.Password)}}
            }
          }
        }
        """).WithFallback(config);
}
