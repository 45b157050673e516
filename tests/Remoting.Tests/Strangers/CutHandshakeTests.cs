using System.Net;
using System.Net.Sockets;
using ActorCompute.Remoting.Tests.Support;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Remoting.Tests.Strangers;

/// <summary>A connection that ends in the middle of a handshake, after each of its bytes.</summary>
public sealed class CutHandshakeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Listener_CallerCutAtEveryByte_ForgetsIt()
    {
        await using var node = await TestNode.StartAsync("handshake-milliseconds = 60000");
        var length = 0;
        for (var cut = 0; cut == 0 || cut < length; cut++)
        {
            using var peer = new RawPeer(node.Port);
            var initiator = new Initiator(RawPeer.Key(), RawPeer.Self(), RawPeer.AddressOf(node), []);
            length = initiator.Hello.Length + HandshakeFrame.HeaderLength + HandshakeKey.ProofLength;
            peer.Send(initiator.Hello.AsSpan(0, Math.Min(cut, initiator.Hello.Length)));
            if (cut >= initiator.Hello.Length) peer.Send(initiator.Take(peer.ReadFrame()!).Reply.AsSpan(0, cut - initiator.Hello.Length));
            peer.Socket.Shutdown(SocketShutdown.Send);
            Assert.Empty(peer.ReadToEnd());
        }

        Assert.True(node.IsEmpty);
        await Poll.UntilAsync("a line for each", Patience, () => node.Log.Count(line => line.Contains("ended the connection during the handshake", StringComparison.Ordinal)) == length);
        using var good = RawPeer.Prove(node);
        await node.TakeAsync();
    }

    [Fact]
    public async Task Caller_ListenerCutAtEveryByte_Fails()
    {
        await using var node = await TestNode.StartAsync("handshake-milliseconds = 60000");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var called = node.Address.WithPort(((IPEndPoint)listener.LocalEndPoint!).Port);
        var self = new PeerIdentity(PeerAddress.From(called)!, 1);
        var challengeLength = HandshakeFrame.HeaderLength + HandshakeFrame.NonceLength;
        var acceptedLength = HandshakeFrame.WriteAccepted(HandshakeKind.Accepted, self, new byte[HandshakeKey.ProofLength]).Length;
        for (var cut = 0; cut < challengeLength + acceptedLength; cut++)
        {
            var call = node.CallAsync(called);
            using var peer = new RawPeer(listener.Accept());
            var acceptor = new Acceptor(RawPeer.Key(), self, []);
            var challenge = acceptor.Take(peer.ReadFrame()!).Reply!;
            peer.Send(challenge.AsSpan(0, Math.Min(cut, challengeLength)));
            if (cut >= challengeLength) peer.Send(acceptor.Take(peer.ReadFrame()!).Reply.AsSpan(0, cut - challengeLength));
            peer.Socket.Shutdown(SocketShutdown.Send);
            Assert.Equal(Refusal.Closed, (await Assert.ThrowsAsync<SocketAssociationException>(() => call.WaitAsync(Patience))).Reason);
        }
    }
}
