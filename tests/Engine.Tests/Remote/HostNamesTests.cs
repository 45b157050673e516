using System.Net;
using Akka.Remote.Transport;

namespace ActorCompute.Engine.Tests.Remote;

public sealed class HostNamesTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("10.20.3.249")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("127.1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    public void Resolve_Address_IsWhatTheFrameworkReads(string text) =>
        Assert.Equal(IPAddress.Parse(text), Assert.Single(HostNames.Resolve(text, preferIPv6: false)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Resolve_Localhost_IsBothLoopbacksThePreferredFirst(bool preferIPv6)
    {
        IPAddress[] expected = preferIPv6 ? [IPAddress.IPv6Loopback, IPAddress.Loopback] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
        Assert.Equal(expected, HostNames.Resolve("LocalHost", preferIPv6));
    }
}
