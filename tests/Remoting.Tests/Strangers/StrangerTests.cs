using System.Net.Sockets;
using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Remoting.Tests.Strangers;

/// <summary>Callers and listeners that are not of this cluster.</summary>
public sealed class StrangerTests
{
    [Fact]
    public async Task Associate_WrongSecret_IsToldToBothSides()
    {
        await using var node = await TestNode.StartAsync();
        await using var stranger = await TestNode.StartAsync(secret: "another secret of them");
        var error = await Assert.ThrowsAsync<SocketAssociationException>(() => stranger.CallAsync(node.Address));
        Assert.Equal(Refusal.WrongSecret, error.Reason);
        Assert.Contains("the cluster secret is another one", error.Message, StringComparison.Ordinal);
        await node.LoggedAsync($"(which says it is {RawPeer.AddressOf(stranger)}): it has another cluster secret");
        await node.LoggedAsync("turned away 127.0.0.1:");
        Assert.True(node.IsEmpty);
    }

    [Fact]
    public async Task Associate_OtherHostName_IsToldTheNodesOwn()
    {
        await using var node = await TestNode.StartAsync();
        await using var caller = await TestNode.StartAsync();
        var error = await Assert.ThrowsAsync<SocketAssociationException>(() => caller.CallAsync(node.Address.WithHost("localhost")));
        Assert.Equal(Refusal.OtherAddress, error.Reason);
        Assert.Contains($"it is {RawPeer.AddressOf(node)}", error.Message, StringComparison.Ordinal);
        Assert.Equal((RawPeer.AddressOf(node).Host, RawPeer.AddressOf(node).Port), (error.OwnName?.Host, error.OwnName?.Port));
        // Nothing for a person to mend: it calls again.
        Assert.DoesNotContain(node.Log, line => line.Contains("turned away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stranger_AnyTry_LearnsNothingBeyondARefusal()
    {
        await using var node = await TestNode.StartAsync();
        using var peer = new RawPeer(node.Port);
        var initiator = new Initiator(RawPeer.Key("another secret of them"), RawPeer.Self(), RawPeer.AddressOf(node), []);
        peer.Send(initiator.Hello);
        var challenge = peer.ReadFrame()!;
        Assert.Equal(HandshakeFrame.HeaderLength + HandshakeFrame.NonceLength, challenge.Length);
        peer.Send(initiator.Take(challenge).Reply!);
        Assert.Equal(HandshakeFrame.Write(HandshakeKind.Refused, (byte)Refusal.WrongSecret), peer.ReadToEnd());
    }

    [Fact]
    public async Task Stranger_OtherVersion_IsTold()
    {
        await using var node = await TestNode.StartAsync();
        using var peer = new RawPeer(node.Port);
        var hello = new Initiator(RawPeer.Key(), RawPeer.Self(), RawPeer.AddressOf(node), []).Hello;
        hello[4]++;
        peer.Send(hello);
        Assert.Equal(HandshakeFrame.Write(HandshakeKind.Refused, (byte)Refusal.OtherVersion), peer.ReadToEnd());
        await node.LoggedAsync("another version");
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "not an ActorCompute program")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001", "it speaks TLS")]
    [InlineData("ACTS", "not an ActorCompute program")]
    [InlineData("\0", "not an ActorCompute program")]
    public async Task Stranger_SpeaksSomethingElse_IsDroppedAtOnce(string said, string logged)
    {
        await using var node = await TestNode.StartAsync("handshake-milliseconds = 60000");
        using var peer = new RawPeer(node.Port);
        peer.Send(System.Text.Encoding.Latin1.GetBytes(said));
        Assert.InRange(peer.ReadToEnd().Length, 0, 9);
        await node.LoggedAsync(logged);
    }

    [Fact]
    public async Task Stranger_Silent_IsDroppedInTime()
    {
        await using var node = await TestNode.StartAsync("handshake-milliseconds = 100");
        using var peer = new RawPeer(node.Port);
        Assert.Empty(peer.ReadToEnd());
        await node.LoggedAsync("did not finish the handshake in time");
    }

    [Fact]
    public async Task Stranger_ControlCharactersInItsName_AreNotLogged()
    {
        await using var node = await TestNode.StartAsync();
        using var peer = new RawPeer(node.Port);
        var hello = new Initiator(RawPeer.Key(), RawPeer.Self(), RawPeer.AddressOf(node), []).Hello;
        hello[^3] = (byte)'\n';
        peer.Send(hello);
        Assert.Empty(peer.ReadToEnd());
        await node.LoggedAsync("turned away");
        Assert.DoesNotContain(node.Log, line => line.Any(char.IsControl));
    }

    [Fact]
    public async Task Log_ManyStrangers_OneLineInAWhile()
    {
        await using var node = await TestNode.StartAsync("refusal-log-milliseconds = 60000");
        for (var i = 0; i < 20; i++)
        {
            using var peer = new RawPeer(node.Port);
            peer.Send("GET /"u8);
            Assert.Empty(peer.ReadToEnd());
        }

        node.Say("all are gone");
        await node.LoggedAsync("all are gone");
        Assert.Equal(2, node.Log.Count);
    }

    [Fact]
    public async Task Log_NextLineAfterAWhile_HasTheNumberOfThoseBetween()
    {
        await using var node = await TestNode.StartAsync("refusal-log-milliseconds = 300");
        await Poll.UntilAsync("a line with a number", TimeSpan.FromSeconds(20), () =>
        {
            using var peer = new RawPeer(node.Port);
            peer.Send("GET /"u8);
            peer.ReadToEnd();
            return node.Log.Any(line => line.Contains(" more since the last such line", StringComparison.Ordinal));
        });
        Assert.All(node.Log, line => Assert.Contains("turned away 127.0.0.1:", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handshake_Replayed_IsRefused()
    {
        await using var node = await TestNode.StartAsync();
        using var peer = new RawPeer(node.Port);
        var initiator = new Initiator(RawPeer.Key(), RawPeer.Self(), RawPeer.AddressOf(node), []);
        peer.Send(initiator.Hello);
        var proof = initiator.Take(peer.ReadFrame()!).Reply!;
        peer.Send(proof);
        Assert.NotNull(initiator.Take(peer.ReadFrame()!).Peer);

        using var replay = new RawPeer(node.Port);
        replay.Send([.. initiator.Hello, .. proof]);
        Assert.Equal(HandshakeKind.Challenge, HandshakeFrame.KindOf(replay.ReadFrame()));
        Assert.Equal(Refusal.WrongSecret, (Refusal)replay.ReadToEnd()[^1]);
        Assert.Equal(1, node.Inbound.Reader.Count);
    }

    [Fact]
    public async Task Frame_RecordedOnAnotherConnection_EndsTheOneItIsPlayedOn()
    {
        await using var node = await TestNode.StartAsync();
        using var first = RawPeer.Prove(node, claimedPort: 1);
        var recorded = first.Frame([1, 2, 3]);
        first.Send(recorded);
        await (await node.TakeAsync()).ReceivedAsync(1);

        // The same member, the same place in the sequence, on a connection of its own.
        using var second = RawPeer.Prove(node, claimedPort: 2);
        var end = await node.TakeAsync();
        second.Send(recorded);

        await end.DisassociatedAsync();
        Assert.Empty(end.Events.Payloads);
        await node.LoggedAsync("a frame was changed, repeated or lost on the way");
    }

    [Fact]
    public async Task Frame_WithoutASeal_EndsTheConnection()
    {
        await using var node = await TestNode.StartAsync();
        using var peer = RawPeer.Prove(node);
        var end = await node.TakeAsync();
        peer.Send([.. RawPeer.Length(3), 1, 2, 3, .. new byte[FrameSeal.TagLength]]);
        await end.DisassociatedAsync();
        Assert.Empty(end.Events.Payloads);
    }

    [Fact]
    public async Task Initiator_EverythingReflected_IsRefused()
    {
        await using var node = await TestNode.StartAsync();
        using var mirror = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        mirror.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        mirror.Listen();
        var call = node.CallAsync(node.Address.WithPort(((System.Net.IPEndPoint)mirror.LocalEndPoint!).Port));
        using var peer = new RawPeer(mirror.Accept());
        peer.Send(peer.ReadFrame());
        Assert.Equal(Refusal.NotAPeer, (await Assert.ThrowsAsync<SocketAssociationException>(() => call)).Reason);
    }

    [Fact]
    public async Task Associate_ListenerIsAnotherProgram_IsRefused()
    {
        await using var node = await TestNode.StartAsync();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen();
        var call = node.CallAsync(node.Address.WithPort(((System.Net.IPEndPoint)listener.LocalEndPoint!).Port));
        using var peer = new RawPeer(listener.Accept());
        peer.Send("SSH-2.0-OpenSSH_9.6\r\n"u8);
        Assert.Equal(Refusal.NotAPeer, (await Assert.ThrowsAsync<SocketAssociationException>(() => call)).Reason);
    }

    [Fact]
    public async Task Associate_NobodyListens_SaysSo()
    {
        await using var node = await TestNode.StartAsync();
        var gone = await TestNode.StartAsync();
        await gone.DisposeAsync();
        var error = await Assert.ThrowsAsync<SocketAssociationException>(() => node.CallAsync(gone.Address));
        Assert.Equal(Refusal.Unreachable, error.Reason);
        Assert.Contains("refused", error.Message, StringComparison.OrdinalIgnoreCase);
        error = await Assert.ThrowsAsync<SocketAssociationException>(() => node.CallAsync(gone.Address.WithHost("no-such-host.invalid")));
        Assert.Contains("nobody knows this host name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Associate_ListenerThatNeverAnswers_FailsInTime()
    {
        await using var node = await TestNode.StartAsync("handshake-milliseconds = 100");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen();
        var error = await Assert.ThrowsAsync<SocketAssociationException>(() => node.CallAsync(node.Address.WithPort(((System.Net.IPEndPoint)listener.LocalEndPoint!).Port)));
        Assert.Equal(Refusal.TimedOut, error.Reason);
    }
}
