using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorCompute.Processes.Tests.Security;

[Collection(ProcessWide.Name)]
public sealed class TlsCertificateTests : TestFolder
{
    private readonly string? _path = Environment.GetEnvironmentVariable(TlsCertificate.PathVariable);
    private readonly string? _password = Environment.GetEnvironmentVariable(TlsCertificate.PasswordVariable);

    public TlsCertificateTests() => Set(null, null);

    public override void Dispose()
    {
        Set(_path, _password);
        base.Dispose();
    }

    [Fact]
    public void Find_NothingNamed_IsNone() => Assert.Null(TlsCertificate.Find());

    [Fact]
    public void Find_Environment_NamesFileAndPassword()
    {
        var path = Make("own.pfx", "pass");
        Set(path, "pass");

        Assert.Equal(new TlsCertificate(path, "pass"), TlsCertificate.Find());
    }

    [Fact]
    public void Find_Named_ComesBeforeTheEnvironment()
    {
        Set(Make("environment.pfx", "pass"), "pass");
        var path = Make("named.pfx", "pass");

        Assert.Equal(path, TlsCertificate.Find(path)!.Path);
        Assert.Equal("other", TlsCertificate.Find(Make("other.pfx", "other"), "other")!.Password);
    }

    [Fact]
    public void Find_RelativePath_IsMadeWhole()
    {
        var path = Make("own.pfx", "");

        Assert.Equal(path, TlsCertificate.Find(Path.GetRelativePath(Environment.CurrentDirectory, path))!.Path);
    }

    [Fact]
    public void Find_NoPasswordNeeded_NeedsNone() => Assert.Equal("", TlsCertificate.Find(Make("own.pfx", ""))!.Password);

    [Fact]
    public void Find_Missing_NamesIt() => Refuses("missing.pfx", PathOf("missing.pfx"));

    [Fact]
    public void Find_WrongPassword_NamesTheVariable() => Refuses(TlsCertificate.PasswordVariable, Make("own.pfx", "another"));

    [Fact]
    public void Find_NoPkcs12_SaysSo()
    {
        File.WriteAllText(PathOf("own.pem"), "-----BEGIN CERTIFICATE-----");
        Refuses("PKCS#12", PathOf("own.pem"));
    }

    [Fact]
    public void Find_Expired_SaysSince() => Refuses("2001-02-03", Make("own.pfx", "", new(2001, 2, 3, 12, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void ToString_ShowsNoPassword() => Assert.DoesNotContain("secret", new TlsCertificate("file", "secret").ToString(), StringComparison.Ordinal);

    private static void Refuses(string says, string path) =>
        Assert.Contains(says, Assert.Throws<InputException>(() => TlsCertificate.Find(path)).Message, StringComparison.Ordinal);

    private static void Set(string? path, string? password)
    {
        Environment.SetEnvironmentVariable(TlsCertificate.PathVariable, path);
        Environment.SetEnvironmentVariable(TlsCertificate.PasswordVariable, password);
    }

    private string Make(string name, string password, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=own", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), until ?? TimeProvider.System.GetUtcNow().AddDays(1));
        File.WriteAllBytes(PathOf(name), certificate.Export(X509ContentType.Pkcs12, password));
        return PathOf(name);
    }
}
