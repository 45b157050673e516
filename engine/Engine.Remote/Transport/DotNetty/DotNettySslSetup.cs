using System.Security.Cryptography.X509Certificates;

namespace Akka.Remote.Transport.DotNetty;

/// <summary>
/// The certificate of this node as an object; it wins over <c>akka.remote.dot-netty.tcp.ssl</c>. TLS itself is switched on
/// with <c>akka.remote.dot-netty.tcp.enable-ssl</c>. Both sides present a certificate, host names are not compared.
/// </summary>
public sealed class DotNettySslSetup : Actor.Setup.Setup
{
    public DotNettySslSetup(X509Certificate2 certificate, bool suppressValidation)
    {
        Certificate = certificate;
        SuppressValidation = suppressValidation;
    }

    public X509Certificate2 Certificate { get; }

    public bool SuppressValidation { get; }
}
