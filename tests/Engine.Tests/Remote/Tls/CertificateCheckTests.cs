using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ActorCompute.Engine.Conformance.Support;
using Akka.Remote.Transport.Tls;

namespace ActorCompute.Engine.Tests.Remote.Tls;

public sealed class CertificateCheckTests : IDisposable
{
    private const SslPolicyErrors All = SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch;

    private readonly X509Certificate2 _theirs = Certificates.Node("theirs", null);
    private readonly X509Certificate2 _own = Certificates.Node("own", null);

    public void Dispose()
    {
        _theirs.Dispose();
        _own.Dispose();
    }

    [Theory]
    [InlineData(SslPolicyErrors.None, false, null)]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch, false, null)]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch, true, "validate-certificate-hostname")]
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, false, "not trusted")]
    [InlineData(All, false, "not trusted")]
    [InlineData(All, true, "not trusted")]
    [InlineData((SslPolicyErrors)64, false, "not trusted")] // one that is not known yet
    public void Refusal_OfWhomWeCalled_IsByItsChainAndPerhapsItsName(SslPolicyErrors errors, bool validateHostname, string says) =>
        Says(says, CertificateCheck.Refusal(_theirs, null, errors, isCaller: false, new TlsSettings([_own], false, validateHostname: validateHostname)));

    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch, null)] // a caller has no name that we know
    [InlineData(SslPolicyErrors.RemoteCertificateChainErrors, "not trusted")]
    public void Refusal_OfACaller_IsByItsChain(SslPolicyErrors errors, string says) =>
        Says(says, CertificateCheck.Refusal(_theirs, null, errors, isCaller: true, new TlsSettings([_own], false, validateHostname: true)));

    [Theory]
    [InlineData(true, true, "no certificate")]
    [InlineData(true, false, null)]
    [InlineData(false, true, "no certificate")]
    [InlineData(false, false, "no certificate")]
    public void Refusal_NoCertificate_IsSuppressedByNothingButAskingForNone(bool isCaller, bool requireMutual, string says) =>
        Says(says, CertificateCheck.Refusal(null, null, SslPolicyErrors.RemoteCertificateNotAvailable, isCaller, new TlsSettings([_own], suppressValidation: true, requireMutual)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refusal_ValidationSuppressed_AnyCertificateWillDo(bool isCaller) =>
        Assert.Null(CertificateCheck.Refusal(_theirs, null, All, isCaller, new TlsSettings([_own], suppressValidation: true)));

    [Fact]
    public void Refusal_NameWithLineEndsAndNoLimit_IsOneShortLine()
    {
        using var odd = Certificates.Node("odd", null);
        using var key = System.Security.Cryptography.ECDsa.Create();
        var name = new X500DistinguishedNameBuilder();
        name.AddOrganizationName("a\nb" + new string('x', 5000));
        using var certificate = new CertificateRequest(name.Build(), key, System.Security.Cryptography.HashAlgorithmName.SHA256)
            .CreateSelfSigned(odd.NotBefore, odd.NotAfter);

        var refusal = CertificateCheck.Refusal(certificate, null, All, isCaller: true, new TlsSettings([_own], false));

        Assert.DoesNotContain('\n', refusal);
        Assert.InRange(refusal.Length, 50, 600);
    }

    private static void Says(string expected, string refusal)
    {
        if (expected is null)
            Assert.Null(refusal);
        else
            Assert.Contains(expected, refusal);
    }
}
