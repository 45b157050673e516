using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ActorCompute.Remoting.Transport;

/// <summary>Judges the certificate of the other side of one connection.</summary>
internal sealed class TlsVerdict
{
    /// <summary>Why it is not accepted; null if it is, or was never shown.</summary>
    public string? Fault { get; private set; }

    /// <summary>Any certificate that chains to a root of the system. Which host shows which is not compared: workers come and go on any.</summary>
    public bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
        if (errors == SslPolicyErrors.None) return true;
        Fault = certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
            ? "TLS: it shows no certificate"
            : $"TLS: its certificate, {certificate.Subject}, is not trusted: {string.Join(", ", (chain?.ChainStatus ?? []).Select(one => one.Status))}";
        return false;
    }
}
