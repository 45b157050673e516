using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Akka.Remote.Transport.Tls;

/// <summary>Whether a peer's certificate is good enough, from what the platform found out about it.</summary>
internal static class CertificateCheck
{
    /// <summary>Null when it is, else why not and what to do.</summary>
    /// <param name="isCaller">The peer has called us; else we have called it, by a name that its certificate may have to bear.</param>
    public static string Refusal(X509Certificate certificate, X509Chain chain, SslPolicyErrors errors, bool isCaller, TlsSettings tls)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return isCaller && !tls.RequireMutualAuthentication
                ? null
                : "it presents no certificate; give it one (akka.remote.dot-netty.tcp.ssl.certificate) with require-mutual-authentication on, as here";
        }
        if (tls.SuppressValidation)
            return null;
        if (!tls.ValidateHostname || isCaller)
            errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
        return errors switch
        {
            SslPolicyErrors.None => null,
            SslPolicyErrors.RemoteCertificateNameMismatch =>
                $"{Describe(certificate)} is not for the host that we called; issue it for that host, or set akka.remote.dot-netty.tcp.ssl.validate-certificate-hostname = off",
            _ => $"{Describe(certificate)} is not trusted here ({string.Join(", ", Causes(chain))}); it must be valid now, for servers and clients, and chain to a root certificate that this system trusts",
        };
    }

    private static string Describe(X509Certificate certificate) => $"its certificate '{Printable(certificate.Subject)}' issued by '{Printable(certificate.Issuer)}'";

    private static IEnumerable<string> Causes(X509Chain chain)
    {
        var causes = chain?.ChainStatus.Select(static status => status.Status.ToString()).Distinct().ToArray() ?? [];
        return causes.Length > 0 ? causes : ["no chain"];
    }

    /// <summary>A name in a certificate is the peer's to choose, and may be long or hold line ends.</summary>
    private static string Printable(string name)
    {
        const int most = 120;
        var plain = new string([.. name.Take(most).Select(static c => c is >= ' ' and <= '~' ? c : '?')]);
        return name.Length > most ? plain + "..." : plain;
    }
}
