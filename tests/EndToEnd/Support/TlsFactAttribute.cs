namespace ActorCompute.EndToEnd;

/// <summary>For a cluster that speaks TLS: needs Linux, where a process can be given its trusted roots.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TlsFactAttribute : FactAttribute
{
    public TlsFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "only on Linux: the trusted roots are given by SSL_CERT_FILE";
}
