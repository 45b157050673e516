using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using ActorCompute.Engine.Conformance.Support;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Akka.Remote.Wire;

namespace ActorCompute.Engine.Tests.Remote.Tls;

/// <summary>Who does not speak TLS, or not our protocol in it, loses its connection in bounded time, with one line in the log.</summary>
public class TlsStrangersTests : IAsyncLifetime
{
    private const string Bound = "akka.remote.dot-netty.tcp.connection-timeout = 1 s\n";

    private readonly Certificates _certificates = new();
    private readonly RemoteNode _node;
    private readonly RemoteNode _peer;
    private IActorRef _echo;

    public TlsStrangersTests()
    {
        _node = new RemoteNode("node", Bound + _certificates.NewNodeConfig("suppress-validation = true"));
        _peer = new RemoteNode("peer", _certificates.NewNodeConfig("suppress-validation = true"));
    }

    public async Task InitializeAsync()
    {
        _echo = _peer.Resolve(_node, _node.Echo());
        await PeerIsServed();
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _peer.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task HttpRequest_IsClosed() => await IsClosed(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), "does not speak TLS");

    [Fact]
    public async Task HugeLength_IsClosed() => await IsClosed([0xFF, 0xFF, 0xFF, 0x7F, 1], "does not speak TLS");

    [Fact]
    public async Task RandomBytes_AreClosed()
    {
        var random = new Random(11);
        for (var round = 0; round < 20; round++)
        {
            var bytes = new byte[random.Next(8, 5000)];
            random.NextBytes(bytes);
            bytes[0] |= 1; // no TLS
            await IsClosed(bytes, "does not speak TLS");
        }
    }

    [Fact]
    public async Task RandomBytesAsTlsRecord_AreClosed()
    {
        var random = new Random(12);
        for (var round = 0; round < 20; round++)
        {
            var bytes = new byte[random.Next(16, 5000)];
            random.NextBytes(bytes);
            byte[] header = [0x16, 0x03, 0x01, 0, 8]; // whole at once: nothing is waited for
            header.CopyTo(bytes, 0);
            await IsClosed(bytes, "TLS");
        }
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x16 })]
    [InlineData(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00 })] // a hello that does not go on
    public async Task SilentStranger_IsClosedInTime(byte[] said)
    {
        var start = Stopwatch.GetTimestamp();
        await IsClosed(said, "has not said hello within 1 s");
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.5, 10);
    }

    [Fact]
    public async Task ManySilentStrangers_OthersAreServed()
    {
        var strangers = Enumerable.Range(0, 100).Select(_ => _node.Call()).ToList();
        try
        {
            await PeerIsServed();
            await using var late = new RemoteNode("late", _certificates.NewNodeConfig("suppress-validation = true"));
            Assert.Equal("ping", await late.Resolve(_node, _node.Echo()).Ask<string>("ping", RemoteNode.Patience));
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }
    }

    [Fact]
    public async Task PlainNode_LearnsWhyAndTriesAgain()
    {
        await using var plain = new RemoteNode("plain");
        var errors = 0;
        plain.Published += published => errors += published is AssociationErrorEvent ? 1 : 0;
        var remote = plain.Resolve(_node, _node.Echo());

        while (Volatile.Read(ref errors) < 3)
            await Assert.ThrowsAsync<AskTimeoutException>(() => remote.Ask<string>("ping", TimeSpan.FromMilliseconds(100)));

        var said = await plain.When<AssociationErrorEvent>(_ => true);
        Assert.Contains("speaks TLS only", said.Cause.Message);
        Assert.Single(plain.Seen<Warning>(), warning => warning.Message.ToString().Contains("speaks TLS only"));
        await PeerIsServed();
    }

    [Fact]
    public async Task TlsNode_CallsAPlainOne_BothSayWhy()
    {
        await using var plain = new RemoteNode("plain");

        _peer.Resolve(plain, plain.Echo()).Tell("ping", ActorRefs.NoSender);

        await plain.When<Warning>(warning => warning.Message.ToString().Contains("it speaks TLS and this node does not"));
        Assert.Contains("does not speak TLS", (await _peer.When<AssociationErrorEvent>(_ => true)).Cause.Message);
        await PeerIsServed();
    }

    [Fact]
    public async Task RefusedNode_WithARightCertificateLater_IsServed()
    {
        var echo = _node.Echo();
        await using (var wrong = new RemoteNode("again", _certificates.NewNodeConfig("suppress-validation = true, require-mutual-authentication = false")))
        {
            wrong.Resolve(_node, echo).Tell("ping", ActorRefs.NoSender);
            await _node.When<Warning>(warning => warning.Message.ToString().Contains("presents no certificate"));
            Assert.Contains("ended the connection", (await wrong.When<AssociationErrorEvent>(_ => true)).Cause.Message);
        }

        await using var right = new RemoteNode("again", _certificates.NewNodeConfig("suppress-validation = true"));
        Assert.Equal("ping", await right.Resolve(_node, echo).Ask<string>("ping", RemoteNode.Patience));
    }

    private async Task IsClosed(byte[] bytes, string why)
    {
        using var socket = _node.Call();
        var endPoint = socket.LocalEndPoint.ToString();
        var logged = _node.When<Warning>(e => e.Message.ToString().Contains(endPoint));

        socket.Send(bytes);

        await ReadToEnd(socket);
        Assert.Contains(why, (await logged).Message.ToString());
        await PeerIsServed();
        Assert.Single(_node.Seen<LogEvent>(), e => e.LogLevel() > LogLevel.InfoLevel && e.Message.ToString().Contains(endPoint));
    }

    private async Task PeerIsServed()
    {
        Assert.Equal("ping", await _echo.Ask<string>("ping", RemoteNode.Patience));
        Assert.Empty(_peer.Seen<DisassociatedEvent>());
    }

    private static async Task ReadToEnd(Socket socket)
    {
        using var limit = new CancellationTokenSource(RemoteNode.Patience);
        try
        {
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer, limit.Token) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Closed with bytes unread: a reset.
        }
    }
}
