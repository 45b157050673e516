using ActorCompute.Hosting;
using ActorCompute.Messages;
using Akka.Configuration;

namespace ActorCompute.EndToEnd;

/// <summary>For a cluster that speaks TLS: needs an engine that may, and Linux, where the trusted roots of a process can be given.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TlsFactAttribute : FactAttribute
{
    public TlsFactAttribute() => Skip = OperatingSystem.IsLinux()
        ? TlsConfig.FindRefusal(BuildInfo.EngineName, BuildInfo.EngineVersion, ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.enable-ssl = on"))
        : "only on Linux: the trusted roots are given by SSL_CERT_FILE";
}
