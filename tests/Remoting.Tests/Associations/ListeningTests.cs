using System.Diagnostics;
using System.Net.Sockets;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Remoting.Tests.Support;
using Akka.Actor;

namespace ActorCompute.Remoting.Tests.Associations;

/// <summary>Alone, because a port that is free for a moment could be somebody else's in the next.</summary>
[Collection(Alone.Name)]
public sealed class ListeningTests
{
    [Fact]
    public async Task Listen_PortOfAnother_IsRefused()
    {
        await using var node = await TestNode.StartAsync();
        var error = await Assert.ThrowsAsync<SocketException>(() => TestNode.StartAsync(port: node.Port));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    [InlineData("no-such-host.invalid")]
    public async Task Listen_NoAddressOfThisMachine_IsRefused(string host)
    {
        var error = await Assert.ThrowsAsync<SocketException>(() => TestNode.StartAsync(host: host));
        Assert.Equal(SocketError.AddressNotAvailable, error.SocketErrorCode);
    }

    [Fact]
    public void Start_PortTaken_IsASentence()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.ExclusiveAddressUse = true;
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var error = Assert.Throws<InputException>(() => Listening.Start(new HostEndpoint("127.0.0.1", port), endpoint => SystemConfig.Peer(endpoint, ClusterSecret.Create())));
        Assert.Contains($"127.0.0.1:{port} is in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_AgainAtTheSamePortWithOldConnections_Works()
    {
        await using var other = await TestNode.StartAsync();
        var port = 0;
        for (var i = 0; i < 5; i++)
        {
            await using var node = await TestNode.StartAsync(port: port);
            port = node.Port;
            // Ended from this side, so that the old connection stays in the system for a minute.
            var (here, there) = await node.AssociateAsync(other);
            using var peer = RawPeer.Prove(node);
            var raw = await node.TakeAsync();
            raw.Disassociate();
            here.Disassociate();
            await there.DisassociatedAsync();
        }
    }

    [Fact]
    public async Task Associate_Ipv6AndNames_Works()
    {
        await using var a = await TestNode.StartAsync(host: "localhost");
        Assert.Equal("localhost", a.Address.Host);
        await using var b = await TestNode.StartAsync(host: Socket.OSSupportsIPv6 ? "::1" : "127.0.0.1");
        if (Socket.OSSupportsIPv6) Assert.Equal("[::1]", b.Address.Host);
        var (here, there) = await b.AssociateAsync(a);
        Assert.True(here.Write(TestNode.Numbered(1)));
        await there.ReceivedAsync(1);
        (here, there) = await a.AssociateAsync(b);
        Assert.True(here.Write(TestNode.Numbered(1)));
        await there.ReceivedAsync(1);
        Assert.Equal(b.Address, Address.Parse(b.Address.ToString()));
    }

    [Fact]
    public async Task Sockets_ChildProcess_HasNoneOfThem()
    {
        if (!OperatingSystem.IsLinux()) return;
        await using var a = await TestNode.StartAsync();
        await using var b = await TestNode.StartAsync();
        await a.AssociateAsync(b);
        var start = new ProcessStartInfo("ls", ["-l", "/proc/self/fd"]) { RedirectStandardOutput = true };
        using var child = Process.Start(start)!;
        var open = await child.StandardOutput.ReadToEndAsync();
        Assert.DoesNotContain("socket:", open, StringComparison.Ordinal);
        Assert.DoesNotContain("eventpoll", open, StringComparison.Ordinal);
        Assert.DoesNotContain("eventfd", open, StringComparison.Ordinal);
    }
}
