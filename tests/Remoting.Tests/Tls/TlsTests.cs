using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Remoting.Tests.Tls;

public sealed class TlsTests : IDisposable
{
    private readonly TestAuthority _authority = new("ours");
    private readonly TestAuthority _other = new("theirs");

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("poller = select")]
    public async Task Write_FramesOfManySizesBothWays_ArriveInOrder(string settings)
    {
        await using var a = await StartAsync(settings);
        await using var b = await StartAsync(settings);
        Assert.Equal("tcp", a.Address.Protocol);
        var (here, there) = await a.AssociateAsync(b);
        const int count = 5000;
        for (var i = 0; i < count; i++)
        {
            if (!here.Write(TestNode.Numbered(i, 8 + (i % 40_000)))) await here.WriteAsync(TestNode.Numbered(i, 8 + (i % 40_000)));
            Assert.True(there.Write(TestNode.Numbered(i, 100)));
        }

        await there.ReceivedAsync(count);
        await here.ReceivedAsync(count);
        var number = 0;
        Assert.All(there.Events.Payloads, payload => Assert.True(TestNode.Bytes(number, 8 + (number++ % 40_000)).AsSpan().SequenceEqual(payload)));
        Assert.Equal(Enumerable.Range(0, count), here.Events.Payloads.Select(payload => BitConverter.ToInt32(payload)));
        here.Disassociate();
        await there.DisassociatedAsync();
        Assert.Equal((1, 1), (here.Events.Disassociations, there.Events.Disassociations));
    }

    [Fact]
    public async Task Write_LargestFrame_ArrivesWhole()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync();
        var (here, there) = await a.AssociateAsync(b);
        var payload = TestNode.Numbered(3, 16 * 1024 * 1024);
        await here.WriteAsync(payload);
        here.Disassociate();
        await there.ReceivedAsync(1);
        Assert.True(payload.Span.SequenceEqual(there.Events.Payloads.First()));
    }

    [Fact]
    public async Task Associate_CertificateOfAnotherAuthority_IsRefusedOnBothSides()
    {
        await using var node = await StartAsync();
        await using var stranger = await TestNode.StartAsync(_other.Trusted, certificate: _other.Issue("stranger"));
        var error = await Assert.ThrowsAsync<SocketAssociationException>(() => stranger.CallAsync(node.Address));
        Assert.Equal(Refusal.TlsFailed, error.Reason);
        Assert.Contains("TLS: its certificate, CN=node, is not trusted", error.Message, StringComparison.Ordinal);

        // The same when the stranger trusts everybody, and only the listener does not trust it.
        await using var trusting = await TestNode.StartAsync(_authority.Trusted, certificate: _other.Issue("stranger"));
        error = await Assert.ThrowsAsync<SocketAssociationException>(() => trusting.CallAsync(node.Address));
        Assert.Contains(error.Reason, new[] { Refusal.TlsFailed, Refusal.Closed });
        await node.LoggedAsync("TLS: its certificate, CN=stranger, is not trusted");
        Assert.True(node.IsEmpty);
    }

    [Fact]
    public async Task Associate_ExpiredCertificate_IsRefused()
    {
        await using var node = await StartAsync();
        await using var stranger = await TestNode.StartAsync(_authority.Trusted, certificate: _authority.Issue("old", isExpired: true));
        await Assert.ThrowsAsync<SocketAssociationException>(() => stranger.CallAsync(node.Address));
        await node.LoggedAsync("CN=old, is not trusted: NotTimeValid");
    }

    [Fact]
    public async Task Associate_WrongSecretUnderGoodTls_IsRefused()
    {
        await using var node = await StartAsync();
        await using var stranger = await TestNode.StartAsync(_authority.Trusted, secret: "another secret of them", certificate: _authority.Issue("stranger"));
        var error = await Assert.ThrowsAsync<SocketAssociationException>(() => stranger.CallAsync(node.Address));
        Assert.Equal(Refusal.WrongSecret, error.Reason);
    }

    [Fact]
    public async Task Associate_PlainToTls_SaysSoOnBothSides()
    {
        await using var node = await StartAsync();
        await using var plain = await TestNode.StartAsync();
        var error = await Assert.ThrowsAsync<SocketAssociationException>(() => plain.CallAsync(node.Address));
        Assert.Equal(Refusal.TlsNeeded, error.Reason);
        await node.LoggedAsync("it does not speak TLS");

        error = await Assert.ThrowsAsync<SocketAssociationException>(() => node.CallAsync(plain.Address));
        Assert.Equal(Refusal.TlsNotSpoken, error.Reason);
        await plain.LoggedAsync("it speaks TLS");
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Listener_CallerWithoutCertificate_IsRefused(SslProtocols protocol)
    {
        await using var node = await StartAsync();
        using var socket = await ConnectAsync(node);
        using var ssl = new SslStream(new NetworkStream(socket), false, (_, _, _, _) => true);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await ssl.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "", EnabledSslProtocols = protocol });
            if (await ssl.ReadAsync(new byte[1]) == 0) throw new IOException("closed");
        });
        await node.LoggedAsync("it shows no certificate");
        Assert.True(node.IsEmpty);
    }

    [Fact]
    public async Task Listener_CallerWithTls12_IsAccepted()
    {
        await using var node = await StartAsync();
        using var certificate = _authority.Sign("caller");
        using var loaded = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        using var socket = await ConnectAsync(node);
        using var ssl = new SslStream(new NetworkStream(socket), false, (_, _, _, _) => true);
        await ssl.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "", EnabledSslProtocols = SslProtocols.Tls12, ClientCertificates = [loaded] });
        var initiator = new Initiator(RawPeer.Key(), RawPeer.Self(), RawPeer.AddressOf(node), []);
        await ssl.WriteAsync(initiator.Hello);
        Assert.Equal(HandshakeFrame.HeaderLength + HandshakeFrame.NonceLength, await ssl.ReadAtLeastAsync(new byte[100], 40));
    }

    [Fact]
    public async Task Listener_CallerThatSpeaksNonsense_IsRefused()
    {
        await using var node = await StartAsync();
        foreach (var bytes in new[] { "GET / HTTP/1.1\r\n\r\n"u8.ToArray(), [0, 1, 2], [0x16, 0x03, 0x01, 0xFF, 0xFF, 0, 0, 0], [0x16, 0x16, 0x16, 0x16, 0x16, 0x16] })
        {
            using var peer = new RawPeer(node.Port);
            peer.TrySend(bytes);
            peer.Socket.Shutdown(SocketShutdown.Send);
            Assert.InRange(peer.ReadToEnd().Length, 0, 20);
        }

        await node.LoggedAsync("it is not an ActorCompute program");
    }

    [Fact]
    public async Task Listener_SilentCaller_IsDroppedInTime()
    {
        await using var node = await StartAsync("handshake-milliseconds = 200");
        using var peer = new RawPeer(node.Port);
        Assert.Empty(peer.ReadToEnd());
        await node.LoggedAsync("did not finish the handshake in time");
    }

    private Task<TestNode> StartAsync(string settings = "") => TestNode.StartAsync($"{_authority.Trusted}\n{settings}", certificate: _authority.Issue("node"));

    private static async Task<Socket> ConnectAsync(TestNode node)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", node.Port);
        return socket;
    }
}
