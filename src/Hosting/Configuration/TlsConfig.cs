using Akka.Configuration;

namespace ActorCompute.Hosting;

/// <summary>Switches TLS on in an engine's configuration, where the engine can be trusted with it.</summary>
public static class TlsConfig
{
    /// <summary>Before it, Akka.NET never asks for a client's certificate, whatever is configured (CVE-2025-61778).</summary>
    private static readonly Version FirstSafe = new(1, 5, 56);

    /// <summary>The configuration with TLS by a certificate; the same without one.</summary>
    /// <exception cref="InputException">The engine of this build must not be used with TLS.</exception>
    public static Config WithTls(this Config config, TlsCertificate? certificate)
    {
        var secured = certificate is null ? config : ConfigurationFactory.ParseString($$"""
            akka.remote.dot-netty.tcp {
              enable-ssl = true
              ssl {
                # Each side shows a certificate that chains to a root that the other one's system trusts. Which host has which is
                # not compared: workers come and go on any.
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
        return FindRefusal(BuildInfo.EngineName, BuildInfo.EngineVersion, secured) is { } refusal ? throw new InputException(refusal) : secured;
    }

    /// <summary>Why an engine may not run with a configuration; null when it may.</summary>
    /// <param name="engine">As <see cref="BuildInfo.EngineName"/>.</param>
    /// <param name="version">As <see cref="BuildInfo.EngineVersion"/>.</param>
    /// <param name="config">All of the configuration.</param>
    public static string? FindRefusal(string engine, string version, Config config)
    {
        if (engine == BuildInfo.Embedded || !config.GetBoolean("akka.remote.dot-netty.tcp.enable-ssl")) return null;
        // What cannot be read is not known to be safe. A pre-release of the first safe one may be from before the repair.
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        var isRelease = dash < 0;
        if (Version.TryParse(isRelease ? version : version[..dash], out var number) && (number > FirstSafe || (number == FirstSafe && isRelease))) return null;
        return $"TLS is on, and {engine} {version} does not check the certificates of callers (CVE-2025-61778): build with {engine} {FirstSafe} or later (-p:AkkaVersion=1.5.70), or on the embedded engine.";
    }
}
