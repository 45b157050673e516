using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorCompute.Processes;

namespace ActorCompute.Remoting.Tests.Support;

/// <summary>An authority made for one test, and what it signs, as files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private const string Password = "the password of the tests";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorcompute-transport-");
    private readonly X509Certificate2 _root;

    public TestAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
        RootFile = Path.Combine(_folder.FullName, "root.pem");
        File.WriteAllText(RootFile, _root.ExportCertificatePem());
    }

    /// <summary>The root alone, as PEM.</summary>
    public string RootFile { get; }

    public string EmptyFolder => _folder.CreateSubdirectory("empty").FullName;

    /// <summary>The setting that makes a node trust this authority alone.</summary>
    public string Trusted => $"tls.roots = {SystemConfig.Quote(RootFile)}";

    public X509Certificate2 Sign(string name, bool isExpired = false)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var signed = request.Create(_root, Now.AddMonths(-6), isExpired ? Now.AddDays(-1) : Now.AddMonths(6), RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate with its key as a PKCS#12 file.</summary>
    public TlsCertificate Issue(string name, bool isExpired = false)
    {
        using var certificate = Sign(name, isExpired);
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():n}.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, Password));
        return new(path, Password);
    }

    public void Dispose()
    {
        _root.Dispose();
        _folder.Delete(recursive: true);
    }
}
