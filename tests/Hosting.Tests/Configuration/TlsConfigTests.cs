namespace ActorCompute.Hosting.Tests.Configuration;

public sealed class TlsConfigTests
{
    [Fact]
    public void WithTls_NoCertificate_ChangesNothing()
    {
        var config = SystemConfig.Peer(HostEndpoint.Loopback);

        Assert.Same(config, config.WithTls(null));
        Assert.False(config.GetBoolean("akka.remote.dot-netty.tcp.enable-ssl"));
    }

    [Fact]
    public void WithTls_Certificate_IsAskedOfBothSides()
    {
        var config = SystemConfig.Peer(new("10.1.2.3", 4053)).WithTls(new("a\"b\\c.pfx", "p\"}\\w#"));
        var tcp = config.GetConfig("akka.remote.dot-netty.tcp");

        Assert.True(tcp.GetBoolean("enable-ssl"));
        Assert.Equal(("a\"b\\c.pfx", "p\"}\\w#"), (tcp.GetString("ssl.certificate.path"), tcp.GetString("ssl.certificate.password")));
        Assert.False(tcp.GetBoolean("ssl.suppress-validation", true));
        Assert.True(tcp.GetBoolean("ssl.require-mutual-authentication"));
        Assert.Equal("10.1.2.3", tcp.GetString("hostname"));
    }
}
