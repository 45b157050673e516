using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using Akka.Remote.Wire;

namespace ActorCompute.Engine.Tests.Remote;

/// <summary>Strangers at the port: their connection is closed, with a line in the log, and nobody else notices.</summary>
public class HostileBytesTests : IAsyncLifetime
{
    private readonly RemoteNode _node = new("node");
    private readonly RemoteNode _peer = new("peer");
    private IActorRef _echo;

    public async Task InitializeAsync()
    {
        _echo = _peer.Resolve(_node, _node.Echo());
        await PeerIsServed();
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task HttpRequest_IsClosed() =>
        await IsClosed(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));

    [Fact]
    public async Task TlsHello_IsClosed() => await IsClosed([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]);

    [Fact]
    public async Task HugeLength_IsClosed() => await IsClosed([0xFF, 0xFF, 0xFF, 0x7F, 1]);

    [Fact]
    public async Task RandomBytes_AreClosed()
    {
        var random = new Random(11);
        for (var round = 0; round < 20; round++)
        {
            var bytes = new byte[random.Next(8, 5000)];
            random.NextBytes(bytes);
            bytes[3] |= 1; // a length that cannot be, lest it waits for the rest
            await IsClosed(bytes);
        }
    }

    [Fact]
    public async Task MessageBeforeHello_IsClosed() => await IsClosed(Bytes(writer =>
    {
        var frame = writer.BeginFrame(FrameKind.Message);
        writer.WriteRaw(new byte[100]);
        writer.EndFrame(frame);
    }));

    [Fact]
    public async Task SilentStranger_IsClosedAfterAWhile()
    {
        using var socket = _node.Call();

        Assert.Equal(0, await ReadToEnd(socket));
        await PeerIsServed();
    }

    [Fact]
    public async Task OtherVersion_IsToldSo()
    {
        var hello = Bytes(writer => Handshake.Write(writer, HelloTo(_node.Address)));
        hello[9] = 77; // length:4 kind:1 magic:4 version

        var reject = await Answer(hello);

        Assert.Equal(RejectReason.Version, reject.Reason);
        await PeerIsServed();
    }

    [Fact]
    public async Task OtherAddress_IsToldSo()
    {
        var reject = await Answer(Bytes(writer => Handshake.Write(writer, HelloTo(_node.Address.WithSystem("other")))));

        Assert.Equal(RejectReason.WrongAddress, reject.Reason);
        await PeerIsServed();
    }

    [Fact]
    public async Task OwnAddressAsCaller_IsClosed() => await IsClosed(Bytes(writer =>
        Handshake.Write(writer, new Hello(new NodeIdentity(_node.Address, 1), _node.Address, 1))));

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 127 })] // length
    [InlineData(new byte[] { 1, 0, 0, 0, 200 })] // kind
    [InlineData(new byte[] { 1, 0, 0, 0, (byte)FrameKind.Message })] // empty message
    [InlineData(new byte[] { 3, 0, 0, 0, (byte)FrameKind.Message, 200, 0 })] // name never defined
    [InlineData(new byte[] { 2, 0, 0, 0, (byte)FrameKind.Ack, 9 })] // acknowledges what was never sent
    [InlineData(new byte[] { 2, 0, 0, 0, (byte)FrameKind.System, 7 })] // gap
    [InlineData(new byte[] { 4, 0, 0, 0, (byte)FrameKind.System, 1, 9, 9 })] // version
    [InlineData(new byte[] { 2, 0, 0, 0, (byte)FrameKind.Heartbeat, 0 })] // excess
    public async Task GarbageAfterHandshake_ClosesThatConnection(byte[] garbage)
    {
        using var socket = _node.Call();
        socket.Send(Bytes(writer => Handshake.Write(writer, HelloTo(_node.Address))));
        using var connection = new NetworkStream(socket);
        Assert.Equal(FrameKind.Welcome, ReadFrame(socket).Kind);
        var logged = _node.When<Error>(e => e.Message.ToString().Contains("not our protocol"));

        socket.Send(garbage);

        await ReadToEnd(socket);
        await logged;
        await PeerIsServed();
    }

    private async Task IsClosed(byte[] bytes)
    {
        using var socket = _node.Call();
        var endPoint = socket.LocalEndPoint.ToString();
        var logged = _node.When<Warning>(e => e.Message.ToString().Contains(endPoint));

        socket.Send(bytes);

        await ReadToEnd(socket);
        await logged;
        await PeerIsServed();
        Assert.Single(_node.Seen<LogEvent>(), e => e.LogLevel() > LogLevel.InfoLevel && e.Message.ToString().Contains(endPoint));
    }

    private async Task<Reject> Answer(byte[] hello)
    {
        using var socket = _node.Call();
        socket.Send(hello);
        var (kind, body) = ReadFrame(socket);
        Assert.Equal(FrameKind.Reject, kind);
        await ReadToEnd(socket);
        return Handshake.ReadReject(body);
    }

    private async Task PeerIsServed()
    {
        Assert.Equal("ping", await _echo.Ask<string>("ping", RemoteNode.Patience));
        Assert.Empty(_peer.Seen<DisassociatedEvent>());
    }

    private static Hello HelloTo(Address address) =>
        new(new NodeIdentity(new Address("akka.tcp", "stranger", "127.0.0.1", 1), 5), address, 1);

    private static (FrameKind Kind, byte[] Body) ReadFrame(Socket socket)
    {
        var bytes = new byte[Handshake.MaximumFrame];
        var count = 0;
        while (true)
        {
            if (Frame.TryRead(bytes.AsSpan(0, count), Handshake.MaximumFrame, out var kind, out var body) > 0)
                return (kind, body.ToArray());
            var read = socket.Receive(bytes.AsSpan(count));
            Assert.NotEqual(0, read);
            count += read;
        }
    }

    /// <summary>How many bytes come before the other side closes.</summary>
    private static async Task<int> ReadToEnd(Socket socket)
    {
        var total = 0;
        using var limit = new CancellationTokenSource(RemoteNode.Patience);
        try
        {
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer, limit.Token) is var count and > 0)
                total += count;
        }
        catch (SocketException)
        {
            // Closed with bytes unread: a reset.
        }
        return total;
    }

    private static byte[] Bytes(Action<WireWriter> write)
    {
        using var writer = new WireWriter();
        write(writer);
        return writer.Written.ToArray();
    }
}
