using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorCompute.Support;

/// <summary>A folder of certificates that are made for one test and gone with it.</summary>
internal sealed class Certificates : IDisposable
{
    public const string Password = "the password of the tests";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorcompute-tls-");

    /// <summary>A folder with nothing in it.</summary>
    public string EmptyFolder => _folder.CreateSubdirectory("empty").FullName;

    /// <summary>An authority that signs other certificates; a root without one above it.</summary>
    public static X509Certificate2 Authority(string name, X509Certificate2? above = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (above is null) return request.CreateSelfSigned(Now.AddYears(-2), Now.AddYears(1));
        using var signed = request.Create(above, Now.AddYears(-1), Now.AddMonths(9), RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>A node's certificate with its private key, signed by itself without an authority.</summary>
    public static X509Certificate2 Node(string name, X509Certificate2? authority, bool isExpired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var (from, to) = isExpired ? (Now.AddYears(-1), Now.AddDays(-1)) : (Now.AddDays(-1), Now.AddMonths(6));
        if (authority is null) return request.CreateSelfSigned(from, to);
        using var signed = request.Create(authority, from, to, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>Writes certificate and key as a PKCS#12 file and gives its path.</summary>
    public string Save(X509Certificate2 certificate, string password = Password) => Save([certificate], password);

    /// <summary>The same with others beside it.</summary>
    public string Save(X509Certificate2Collection certificates, string password = Password)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():n}.pfx");
        File.WriteAllBytes(path, certificates.Export(X509ContentType.Pkcs12, password)!);
        return path;
    }

    /// <summary>Writes the certificate alone, as text.</summary>
    public string SavePem(X509Certificate2 certificate)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():n}.pem");
        File.WriteAllText(path, certificate.ExportCertificatePem());
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
