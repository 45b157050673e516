using ActorCompute.Messages;
using Akka.Configuration;

namespace ActorCompute.Hosting.Tests.Configuration;

public sealed class TlsConfigTests
{
    private const string On = "akka.remote.dot-netty.tcp.enable-ssl = on";

    [Theory]
    [InlineData("Akka.NET", "1.5.30", On, true)]
    [InlineData("Akka.NET", "1.5.55", On, true)]
    [InlineData("Akka.NET", "1.5.30-local", On, true)]
    [InlineData("Akka.NET", "1.5.56-beta1", On, true)]
    [InlineData("Akka.NET", "1.4.99", On, true)]
    [InlineData("Akka.NET", "?", On, true)]
    [InlineData("Akka.NET", "1.5.56", On, false)]
    [InlineData("Akka.NET", "1.5.57-beta1", On, false)]
    [InlineData("Akka.NET", "1.5.70", On, false)]
    [InlineData("Akka.NET", "1.6.0", On, false)]
    [InlineData("Akka.NET", "1.5.30", "akka.remote.dot-netty.tcp.enable-ssl = off", false)]
    [InlineData("Akka.NET", "1.5.30", "akka.loglevel = INFO", false)]
    [InlineData("embedded", "0.1.0", On, false)]
    public void FindRefusal_TlsOnAnOldAkkaNet_IsRefused(string engine, string version, string config, bool isRefused)
    {
        var refusal = TlsConfig.FindRefusal(engine, version, ConfigurationFactory.ParseString(config));

        if (isRefused) Assert.Contains("1.5.56", refusal, StringComparison.Ordinal);
        else Assert.Null(refusal);
    }

    [Fact]
    public void WithTls_NoCertificate_ChangesNothing()
    {
        var config = SystemConfig.Client(HostEndpoint.Loopback);

        Assert.Same(config, config.WithTls(null));
        Assert.False(config.GetBoolean("akka.remote.dot-netty.tcp.enable-ssl"));
    }

    [SafeTlsFact]
    public void WithTls_Certificate_IsAskedOfBothSides()
    {
        var config = SystemConfig.Client(new("10.1.2.3", 4053)).WithTls(new("a\"b\\c.pfx", "p\"}\\w#"));
        var tcp = config.GetConfig("akka.remote.dot-netty.tcp");

        Assert.True(tcp.GetBoolean("enable-ssl"));
        Assert.Equal(("a\"b\\c.pfx", "p\"}\\w#"), (tcp.GetString("ssl.certificate.path"), tcp.GetString("ssl.certificate.password")));
        Assert.False(tcp.GetBoolean("ssl.suppress-validation", true));
        Assert.True(tcp.GetBoolean("ssl.require-mutual-authentication"));
        Assert.Equal("10.1.2.3", tcp.GetString("hostname"));
    }

    /// <summary>On an Akka.NET that TLS is refused on, the refusal is what there is to test.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class SafeTlsFactAttribute : FactAttribute
    {
        public SafeTlsFactAttribute() => Skip = TlsConfig.FindRefusal(BuildInfo.EngineName, BuildInfo.EngineVersion, ConfigurationFactory.ParseString(On));
    }
}
