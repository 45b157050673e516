using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorCompute.Remoting.Transport;

/// <summary>The certificate that this process shows in either direction, and what it asks of others.</summary>
internal sealed class TlsIdentity
{
    // 1.2 for macOS, where .NET's TLS goes no further.
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    private readonly X509Certificate2 _certificate;
    private readonly SslStreamCertificateContext _context;
    private readonly X509Certificate2Collection? _roots;

    private TlsIdentity(X509Certificate2 certificate, X509Certificate2Collection others, X509Certificate2Collection? roots)
    {
        (_certificate, _roots) = (certificate, roots);
        // Offline: nothing is fetched from addresses that certificates name.
        _context = SslStreamCertificateContext.Create(certificate, others, offline: true);
    }

    /// <summary>Loads a PKCS#12 file: the certificate with its key, and those between it and its root.</summary>
    /// <param name="roots">A PEM file of the roots to trust; empty for those of the system.</param>
    /// <exception cref="InputException">There is no key.</exception>
    public static TlsIdentity Load(string path, string password, string roots)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
        var own = all.FirstOrDefault(one => one.HasPrivateKey) ?? throw new InputException($"the TLS certificate file {path} has no private key.");
        all.Remove(own);
        X509Certificate2Collection? trusted = null;
        if (roots.Length > 0)
        {
            trusted = [];
            trusted.ImportFromPemFile(roots);
        }

        return new(own, all, trusted);
    }

    public TlsChannel Wrap(Socket socket, bool isServer) => new(socket, this, isServer);

    public SslServerAuthenticationOptions ServerOptions(TlsVerdict verdict) => new()
    {
        ServerCertificateContext = _context,
        ClientCertificateRequired = true,
        EnabledSslProtocols = Protocols,
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = verdict.Judge,
        AllowRenegotiation = false,
        // Each connection shows its certificate anew.
        AllowTlsResume = false,
    };

    public SslClientAuthenticationOptions ClientOptions(TlsVerdict verdict) => new()
    {
        TargetHost = "",
        ClientCertificateContext = _context,
        EnabledSslProtocols = Protocols,
        CertificateChainPolicy = ChainPolicy(),
        RemoteCertificateValidationCallback = verdict.Judge,
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    /// <summary>The server's certificate, then the client's.</summary>
    public byte[] BindingWith(X509Certificate other, bool isServer)
    {
        var own = SHA256.HashData(_certificate.RawData);
        var others = SHA256.HashData(other.GetRawCertData());
        return isServer ? [.. own, .. others] : [.. others, .. own];
    }

    private X509ChainPolicy ChainPolicy()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (_roots is null) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(_roots);
        return policy;
    }
}
