using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Akka.Remote.Transport.Tls;

/// <summary>
/// Makes a connection a TLS connection. Blocks the calling thread, which is the peer's own; whoever bounds the time disposes
/// the connection.
/// </summary>
internal static class TlsHandshake
{
    private const SslProtocols Versions = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>The first byte of a TLS connection says that a handshake follows, the second is the major version.</summary>
    private const byte HandshakeRecord = 0x16, MajorVersion = 0x03;

    /// <summary>Whether what a caller sends first, or the part of it that has come, begins a TLS handshake.</summary>
    public static bool IsTls(ReadOnlySpan<byte> first) =>
        first.Length > 0 && first[0] == HandshakeRecord && (first.Length == 1 || first[1] == MajorVersion);

    public static void AsServer(Connection connection, TlsSettings tls) => Authenticate(connection, tls, isCaller: true, (stream, check) =>
        stream.AuthenticateAsServer(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = tls.Certificate,
            ClientCertificateRequired = tls.RequireMutualAuthentication,
            EnabledSslProtocols = Versions,
            AllowRenegotiation = false,
            AllowTlsResume = false, // each connection shows its certificate
            CertificateChainPolicy = Policy(),
            RemoteCertificateValidationCallback = check,
        }));

    public static void AsClient(Connection connection, TlsSettings tls, string host) => Authenticate(connection, tls, isCaller: false, (stream, check) =>
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ClientCertificateContext = tls.RequireMutualAuthentication ? tls.Certificate : null,
            EnabledSslProtocols = Versions,
            AllowRenegotiation = false,
            AllowTlsResume = false,
            CertificateChainPolicy = Policy(),
            RemoteCertificateValidationCallback = check,
        }));

    private static void Authenticate(Connection connection, TlsSettings tls, bool isCaller, Action<SslStream, RemoteCertificateValidationCallback> authenticate)
    {
        var refusal = (string)null;
        var stream = new SslStream(connection.OpenStream());
        try
        {
            authenticate(stream, (_, certificate, chain, errors) => (refusal = CertificateCheck.Refusal(certificate, chain, errors, isCaller, tls)) is null);
        }
        catch (Exception e) // what a hostile peer can make the platform's code throw is not documented as a whole
        {
            stream.Dispose();
            if (refusal is null && e is IOException)
                throw; // the connection ended
            throw new TlsException(refusal ?? $"the handshake failed: {e.Message}{Inner(e)}");
        }
        connection.Use(stream);
    }

    private static string Inner(Exception e) => e.InnerException is { } inner ? $" ({inner.Message})" : "";

    /// <summary>A stranger's certificate must not make us fetch what stands behind an address in it.</summary>
    private static X509ChainPolicy Policy() => new() { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
}

/// <summary>No TLS connection came about. The message holds all that is known.</summary>
internal sealed class TlsException(string message) : IOException($"TLS: {message}");
