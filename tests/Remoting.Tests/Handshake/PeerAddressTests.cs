using ActorCompute.Remoting.Transport;
using Akka.Actor;

namespace ActorCompute.Remoting.Tests.Handshake;

public sealed class PeerAddressTests
{
    [Theory]
    [InlineData("actorcompute@127.0.0.1:4053")]
    [InlineData("actorcompute@[::1]:1")]
    [InlineData("a-b_c@host-1.example.org:65535")]
    public void TryParse_Address_IsWrittenTheSame(string text) => Assert.Equal(text, PeerAddress.TryParse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData("@h:1")]
    [InlineData("s@:1")]
    [InlineData("s@h")]
    [InlineData("s@h:")]
    [InlineData("s@h:0")]
    [InlineData("s@h:01")]
    [InlineData("s@h:65536")]
    [InlineData("s@h:-1")]
    [InlineData("s@h: 1")]
    [InlineData("s@h:1\n")]
    [InlineData("s@h\n:1")]
    [InlineData("s\u001b@h:1")]
    [InlineData("s@h/x:1")]
    [InlineData("s@h@i:1")]
    [InlineData("s@[]:1")]
    [InlineData("s@[::1:1")]
    [InlineData("s@::1:1")]
    [InlineData("s@hö:1")]
    public void TryParse_AnythingElse_IsNull(string text) => Assert.Null(PeerAddress.TryParse(text));

    [Fact]
    public void TryParse_TooLong_IsNull() => Assert.Null(PeerAddress.TryParse($"s@{new string('h', PeerAddress.MaxLength)}:1"));

    [Fact]
    public void From_LocalAddress_IsNull() => Assert.Null(PeerAddress.From(new Address("akka", "actorcompute")));

    [Fact]
    public void ToAddress_Ipv6_IsWhatAkkaParses() =>
        Assert.Equal(Address.Parse("tcp://actorcompute@[::1]:5"), PeerAddress.TryParse("actorcompute@[::1]:5")!.ToAddress());
}
