namespace ActorCompute.Processes.Tests.Configuration;

public sealed class HostEndpointTests
{
    [Theory]
    [InlineData("127.0.0.1:4053", "127.0.0.1", 4053)]
    [InlineData("node-7.cluster.local:1", "node-7.cluster.local", 1)]
    [InlineData("localhost:65535", "localhost", 65535)]
    [InlineData("[::1]:4053", "::1", 4053)]
    [InlineData("7:1", "7", 1)]
    [InlineData("bücher.example:1", "bücher.example", 1)]
    public void Parse_HostAndPort_ComesBackAsText(string text, string host, int port)
    {
        var endpoint = HostEndpoint.Parse(text);
        Assert.Equal(new HostEndpoint(host, port), endpoint);
        Assert.Equal(text, endpoint.ToString());
    }

    [Theory]
    [InlineData("[::1]:4053", "[::1]")]
    [InlineData("[0:0:0:0:0:0:0:1]:4053", "[::1]")]
    [InlineData("[2001:DB8::7]:4053", "[2001:db8::7]")]
    [InlineData("127.0.0.1:4053", "127.0.0.1")]
    [InlineData("localhost:4053", "localhost")]
    public void AddressHost_OfEachForm_IsAsInAddressesOfSystemsAndBack(string text, string host)
    {
        Assert.Equal(host, HostEndpoint.Parse(text).AddressHost);
        Assert.Equal(host, HostEndpoint.OfAddress(host, 4053).AddressHost);
        Assert.Equal($"{host}:4053", HostEndpoint.OfAddress(host, 4053).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("4053")]
    [InlineData("localhost")]
    [InlineData(":4053")]
    [InlineData("a b:4053")]
    [InlineData("http://localhost:4053")]
    [InlineData("user@host:4053")]
    [InlineData("a\"b:4053")]
    [InlineData("a..b:4053")]
    [InlineData("-:4053")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:4053")]
    public void Parse_NoHost_IsBadInput(string text) =>
        Assert.Contains("HOST:PORT", Assert.Throws<InputException>(() => HostEndpoint.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost:")]
    [InlineData("localhost:0")]
    [InlineData("localhost:-1")]
    [InlineData("localhost:+1")]
    [InlineData("localhost: 1")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:99999999999999999999")]
    [InlineData("localhost:http")]
    public void Parse_NoPort_IsBadInput(string text) =>
        Assert.Contains("1 to 65535", Assert.Throws<InputException>(() => HostEndpoint.Parse(text)).Message, StringComparison.Ordinal);
}
