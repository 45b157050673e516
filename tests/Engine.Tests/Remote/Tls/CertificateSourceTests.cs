using System.Security.Cryptography.X509Certificates;
using ActorCompute.Engine.Conformance.Support;
using Akka.Configuration;
using Akka.Remote.Transport;
using Akka.Remote.Transport.DotNetty;
using Akka.Remote.Transport.Tls;

namespace ActorCompute.Engine.Tests.Remote.Tls;

public sealed class CertificateSourceTests : IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public void Settings_TlsOff_LookForNoCertificate() =>
        Assert.Null(Settings("akka.remote.dot-netty.tcp.ssl.certificate.path = \"missing.pfx\"").Tls);

    [Fact]
    public void Settings_OnlyACertificate_HaveTheSafeDefaults()
    {
        using var own = Certificates.Node("own", null);

        var tls = Settings(Certificates.Config(_certificates.Save(own), "")).Tls;

        Assert.Equal(own.Thumbprint, tls.Certificate.TargetCertificate.Thumbprint);
        Assert.Equal((false, true, false), (tls.SuppressValidation, tls.RequireMutualAuthentication, tls.ValidateHostname));
    }

    [Fact]
    public void Settings_FileWithTheAuthorityBetween_ShowItToo()
    {
        using var root = Certificates.Authority("root");
        using var between = Certificates.Authority("between", root);
        using var own = Certificates.Node("own", between);
        using var betweenAlone = X509CertificateLoader.LoadCertificate(between.RawData);
        var path = _certificates.Save([betweenAlone, own]);

        var tls = Settings(Certificates.Config(path, "")).Tls;

        Assert.Equal(own.Thumbprint, tls.Certificate.TargetCertificate.Thumbprint);
        Assert.Equal([between.Thumbprint], tls.Certificate.IntermediateCertificates.Select(one => one.Thumbprint));
    }

    [Fact]
    public void Settings_Setup_WinsOverTheFile()
    {
        using var own = Certificates.Node("own", null);

        var tls = Settings(Certificates.Config("missing.pfx", ""), new DotNettySslSetup(own, true)).Tls;

        Assert.Equal(own.Thumbprint, tls.Certificate.TargetCertificate.Thumbprint);
        Assert.Equal((true, true, false), (tls.SuppressValidation, tls.RequireMutualAuthentication, tls.ValidateHostname));
    }

    [Fact]
    public void Settings_SetupButTlsOff_ArePlain()
    {
        using var own = Certificates.Node("own", null);

        Assert.Null(Settings("", new DotNettySslSetup(own, true)).Tls);
    }

    [Fact]
    public void Load_NoPath_SaysWhatToGive() => Refuses("enable-ssl", Certificates.Config("", ""));

    [Fact]
    public void Load_FileIsMissing_NamesIt() => Refuses("missing.pfx", Certificates.Config("missing.pfx", ""));

    [Fact]
    public void Load_WrongPassword_NamesFileAndKey()
    {
        using var own = Certificates.Node("own", null);
        var path = _certificates.Save(own, "another");

        Refuses(Path.GetFileName(path), Certificates.Config(path, ""));
        Refuses("certificate.password", Certificates.Config(path, ""));
    }

    [Fact]
    public void Load_NoPrivateKey_SaysSo()
    {
        using var own = Certificates.Node("own", null);
        using var half = X509CertificateLoader.LoadCertificate(own.RawData);

        Refuses("private key", Certificates.Config(_certificates.Save(half), ""));
    }

    [Fact]
    public void Load_NoPkcs12_SaysSo()
    {
        using var own = Certificates.Node("own", null);

        Refuses("PKCS#12", Certificates.Config(_certificates.SavePem(own), ""));
    }

    [Fact]
    public void Setup_NoPrivateKey_SaysSo()
    {
        using var own = Certificates.Node("own", null);
        using var half = X509CertificateLoader.LoadCertificate(own.RawData);

        var error = Assert.Throws<ConfigurationException>(() => Settings(Certificates.Config("", ""), new DotNettySslSetup(half, false)));

        Assert.Contains("private key", error.Message);
    }

    [Theory]
    [InlineData("", "thumbprint is empty")]
    [InlineData("thumbprint = \"0000000000000000000000000000000000000000\"", "0000000000000000000000000000000000000000")]
    [InlineData("thumbprint = \"00\", store-location = \"the-moon\"", "the-moon")]
    public void Load_ThumbprintThatLeadsNowhere_SaysWhy(string more, string says)
    {
        foreach (var key in new[] { "use-thumbprint-over-file", "use-thumprint-over-file" })
            Refuses(says, $"akka.remote.dot-netty.tcp {{ enable-ssl = on, ssl.certificate {{ {key} = true\n {more} }} }}");
    }

    [Fact]
    public void Load_UnknownFlag_NamesIt()
    {
        using var own = Certificates.Node("own", null);

        Refuses("no-such-flag", Certificates.Config(_certificates.Save(own), "certificate.flags = [\"no-such-flag\"]"));
    }

    private static RemoteSettings Settings(string config, DotNettySslSetup setup = null) =>
        new(ConfigurationFactory.ParseString(config).WithFallback(ConfigurationFactory.ParseString(RemoteSettings.Defaults)), setup);

    private static void Refuses(string says, string config) =>
        Assert.Contains(says, Assert.Throws<ConfigurationException>(() => Settings(config)).Message);
}
