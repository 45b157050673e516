using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>
/// A TCP connection to one peer, used both ways: one thread reads, whoever holds the association's drain writes. Reads and
/// writes block: each peer has its own two threads, so none waits for another and none for the thread pool.
/// </summary>
internal sealed class Connection : IDisposable
{
    /// <summary>
    /// A socket that polls as writable takes at least this much without blocking on every platform
    /// (the send low-water mark is 2048 on BSD and macOS; Linux and Windows leave more), with what TLS adds to it.
    /// </summary>
    public const int WriteNowLimit = 2048 - 128;

    private readonly Socket _socket;
    private readonly EndPoint _endPoint; // as text only for a log that is written: nearly none is
    private SslStream _tls; // null: plain; set before anybody but the thread that shakes hands has the connection
    private int _disposed;

    public Connection(Socket socket, bool inbound)
    {
        _socket = socket;
        IsInbound = inbound;
        _endPoint = RemoteEndPointOf(socket);
    }

    public bool IsInbound { get; }

    /// <summary>Host and port at the other end of the wire, for the log.</summary>
    public string EndPoint => _endPoint?.ToString() ?? "?";

    public NodeIdentity Peer { get; set; }

    /// <summary>The latest call of the peer that was before or became this connection; an earlier one that arrives later is void.</summary>
    public uint PeerCalls { get; set; }

    public WireWriter Writer { get; } = new(1024);

    /// <summary>Belongs to the thread that reads.</summary>
    public InputBuffer Input { get; } = new();

    /// <summary>Names that travelled on this connection; only the holder of the drain touches them.</summary>
    public OutboundNames<RemoteActorRef> Recipients { get; } = new(ReferenceEqualityComparer<RemoteActorRef>.Instance);

    public OutboundNames<IActorRef> Senders { get; } = new(ReferenceEqualityComparer<IActorRef>.Instance);

    public OutboundNames<string> Manifests { get; } = new(StringComparer.Ordinal);

    /// <summary>System messages that the last connection left unacknowledged have been sent again.</summary>
    public bool HasResent { get; set; }

    /// <summary>Set when nothing more of this connection will be delivered: only then may the next one begin, or order is lost.</summary>
    public ManualResetEventSlim ReaderDone { get; } = new(false);

    /// <summary>0 when the peer has closed.</summary>
    public int Read(Span<byte> buffer) => _tls is null ? _socket.Receive(buffer) : _tls.Read(buffer);

    /// <summary>Waits for bytes and leaves them to be read. 0 when the peer has closed.</summary>
    public int Peek(Span<byte> buffer) => _socket.Receive(buffer, SocketFlags.Peek);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_tls is not null)
        {
            _tls.Write(bytes);
            return;
        }
        while (bytes.Length > 0)
            bytes = bytes[_socket.Send(bytes)..];
    }

    /// <summary>Whether writing <see cref="WriteNowLimit"/> bytes would not block.</summary>
    public bool CanWriteNow => _socket.Poll(0, SelectMode.SelectWrite);

    /// <summary>What TLS runs over.</summary>
    public Stream OpenStream() => new NetworkStream(_socket, ownsSocket: false);

    /// <summary>From here on, what is read and written goes through TLS.</summary>
    public void Use(SslStream tls) => _tls = tls;

    /// <summary>Nothing more is read: gives back what reading took. Somebody who still writes meets a closed connection.</summary>
    public void EndReading()
    {
        Input.Release();
        _tls?.Dispose();
        ReaderDone.Set();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        try
        {
            _socket.Shutdown(SocketShutdown.Both); // wakes the threads that block in it
        }
        catch (SocketException)
        {
            // It was not connected any more.
        }
        _socket.Dispose();
    }

    private static EndPoint RemoteEndPointOf(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint;
        }
        catch (SocketException)
        {
            return null; // it has gone already
        }
    }
}

internal sealed class ReferenceEqualityComparer<T> : IEqualityComparer<T>
    where T : class
{
    public static readonly ReferenceEqualityComparer<T> Instance = new();

    public bool Equals(T x, T y) => ReferenceEquals(x, y);

    public int GetHashCode(T obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
}
