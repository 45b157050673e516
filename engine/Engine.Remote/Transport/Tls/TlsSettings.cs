using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote.Transport.Tls;

/// <summary>What this node shows of itself in a TLS handshake, and what it wants to see of others.</summary>
internal sealed class TlsSettings
{
    public TlsSettings(X509Certificate2Collection certificates, bool suppressValidation, bool requireMutualAuthentication = true, bool validateHostname = false)
    {
        if (!certificates[0].HasPrivateKey)
            throw new ConfigurationException($"The TLS certificate '{certificates[0].Subject}' of this node has no private key.");
        // Offline: what is missing between it and its root is not fetched from addresses that stand in certificates.
        Certificate = SslStreamCertificateContext.Create(certificates[0], certificates, offline: true);
        SuppressValidation = suppressValidation;
        RequireMutualAuthentication = requireMutualAuthentication;
        ValidateHostname = validateHostname;
    }

    /// <summary>Own certificate and what belongs between it and its root.</summary>
    public SslStreamCertificateContext Certificate { get; }

    /// <summary>Any certificate will do; it must be there all the same.</summary>
    public bool SuppressValidation { get; }

    /// <summary>A caller must present a certificate, not only who is called.</summary>
    public bool RequireMutualAuthentication { get; }

    /// <summary>The certificate of a node that is called must be for the host that it was called by.</summary>
    public bool ValidateHostname { get; }

    /// <summary>Null when TLS is off.</summary>
    public static TlsSettings From(Config tcp, DotNettySslSetup setup)
    {
        if (!tcp.GetBoolean("enable-ssl"))
            return null;
        if (setup is not null)
        {
            return setup.Certificate is { } certificate
                ? new TlsSettings([certificate], setup.SuppressValidation)
                : throw new ConfigurationException($"{nameof(DotNettySslSetup)} has no certificate.");
        }
        var ssl = tcp.GetConfig("ssl");
        return new TlsSettings(
            CertificateSource.Load(ssl.GetConfig("certificate")),
            ssl.GetBoolean("suppress-validation"),
            ssl.GetBoolean("require-mutual-authentication", true),
            ssl.GetBoolean("validate-certificate-hostname"));
    }
}
