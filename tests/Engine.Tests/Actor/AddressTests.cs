using Akka.Actor;

namespace ActorCompute.Engine.Tests.Actor;

public sealed class AddressTests
{
    [Theory]
    [InlineData("akka://sys", "akka", "sys", null, null)]
    [InlineData("akka.tcp://sys@host:5100", "akka.tcp", "sys", "host", 5100)]
    [InlineData("akka.tcp://sys@127.0.0.1:0", "akka.tcp", "sys", "127.0.0.1", 0)]
    [InlineData("akka.tcp://sys@[fe80::1]:1", "akka.tcp", "sys", "[fe80::1]", 1)]
    [InlineData("akka.tcp://sys@host", "akka.tcp", "sys", "host", null)]
    public void Parse_OfAnAddress_GivesItsParts(string text, string protocol, string system, string host, int? port)
    {
        var address = Address.Parse(text);

        Assert.Equal((protocol, system, host, port), (address.Protocol, address.System, address.Host, address.Port));
        Assert.Equal(text, address.ToString());
        Assert.Equal(host is null, address.HasLocalScope);
        Assert.Equal(new Address(protocol, system, host, port), address);
    }

    [Fact]
    public void TryParse_OfAPath_GivesTheRestToo()
    {
        Assert.True(Address.TryParse("akka.tcp://sys@host:1/user/a#2", out var address, out string rest));

        Assert.Equal("akka.tcp://sys@host:1", address.ToString());
        Assert.Equal("/user/a#2", rest);
    }

    [Fact]
    public void Hosts_Always_CompareWithoutCase() =>
        Assert.Equal(new Address("akka.tcp", "sys", "HOST", 1), new Address("akka.tcp", "sys", "host", 1));

    [Fact]
    public void Comparer_Always_OrdersByAllParts()
    {
        Address[] ordered = [new("akka", "a"), new("akka", "b"), new("akka.tcp", "a", "h", 1), new("akka.tcp", "a", "h", 2), new("akka.tcp", "a", "i", 1)];

        Assert.Equal(ordered, ordered.Reverse().Order(Address.Comparer));
    }
}
