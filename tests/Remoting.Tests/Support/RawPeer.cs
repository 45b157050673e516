using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ActorCompute.Remoting.Transport;

namespace ActorCompute.Remoting.Tests.Support;

/// <summary>A peer by hand: a blocking socket that says what the test wants.</summary>
internal sealed class RawPeer : IDisposable
{
    private const int PatienceMilliseconds = 20_000;

    private FrameSeal? _seal;

    public RawPeer(int port)
    {
        Socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
    }

    public RawPeer(Socket socket) => (Socket, Socket.ReceiveTimeout) = (socket, PatienceMilliseconds);

    public Socket Socket { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = PatienceMilliseconds };

    public static HandshakeKey Key(string secret = TestNode.Secret) => new(secret);

    /// <summary>Who a test says it is.</summary>
    public static PeerIdentity Self(int port = 1, int uid = 7) => new(new("actorcompute", "127.0.0.1", port), uid);

    public static PeerAddress AddressOf(TestNode node) => PeerAddress.From(node.Address)!;

    /// <summary>Calls a node and proves itself to it.</summary>
    public static RawPeer Prove(TestNode node, int claimedPort = 1)
    {
        var peer = new RawPeer(node.Port);
        var initiator = new Initiator(Key(), Self(claimedPort), AddressOf(node), []);
        peer.Send(initiator.Hello);
        peer.Send(initiator.Take(peer.ReadFrame()!).Reply!);
        var last = initiator.Take(peer.ReadFrame()!);
        Assert.NotNull(last.Peer);
        peer._seal = new(last.Keys!.Send);
        return peer;
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[Socket.Send(bytes)..];
    }

    /// <summary>Sends as much as the other side takes before it ends the connection.</summary>
    public void TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Send(bytes);
        }
        catch (SocketException)
        {
            // It has ended.
        }
    }

    /// <summary>Sends a payload as a peer that has proved itself does.</summary>
    public void SendPayload(ReadOnlySpan<byte> payload) => Send(Frame(payload));

    /// <summary>A payload with its length before it and its seal behind; each call is the next frame.</summary>
    public byte[] Frame(ReadOnlySpan<byte> payload) => Frame(payload, _seal ?? throw new InvalidOperationException("nothing was proved"));

    public static byte[] Frame(ReadOnlySpan<byte> payload, FrameSeal? seal)
    {
        if (seal is null) return [.. Length(payload.Length), .. payload];
        var tag = new byte[FrameSeal.TagLength];
        seal.Seal(payload, tag);
        return [.. Length(payload.Length), .. payload, .. tag];
    }

    public static byte[] Length(int length)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return bytes;
    }

    /// <summary>Reads a frame of the handshake; null at the end.</summary>
    public byte[]? ReadFrame()
    {
        var header = ReadExactly(HandshakeFrame.HeaderLength);
        if (header.Length < HandshakeFrame.HeaderLength) return null;
        return [.. header, .. ReadExactly(HandshakeFrame.BodyLength(header))];
    }

    /// <summary>Reads as many bytes, or all there are before the end.</summary>
    public byte[] ReadExactly(int count)
    {
        var bytes = new byte[count];
        var read = 0;
        try
        {
            while (read < count)
            {
                var more = Socket.Receive(bytes.AsSpan(read));
                if (more == 0) break;
                read += more;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // As good as its end.
        }

        return bytes[..read];
    }

    /// <summary>All that comes until the other side ends.</summary>
    public byte[] ReadToEnd() => ReadExactly(1 << 20);

    public void Dispose()
    {
        Socket.Dispose();
        _seal?.Dispose();
    }
}
