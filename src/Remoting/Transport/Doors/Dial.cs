using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>A call to a peer: its name, a connection to one of its addresses, the handshake. On the door's thread.</summary>
internal sealed class Dial : IPollable
{
    private readonly PollLoop _loop;
    private readonly HandshakeContext _context;
    private readonly PeerAddress _called;
    private readonly Action<Dial, Approach, PeerIdentity> _onProven;
    private readonly Action<Dial, SocketAssociationException> _onFailed;
    private readonly Deadline _deadline;
    private Queue<IPAddress> _addresses = new();
    private IPEndPoint? _endpoint;
    private Socket? _socket;
    private Approach? _approach;
    private string? _lastError;
    private bool _isOver;

    /// <param name="milliseconds">Limit for a connection, looking the name up included.</param>
    public Dial(
        PollLoop loop, HandshakeContext context, PeerAddress called, int milliseconds, Action<Dial, Approach, PeerIdentity> onProven, Action<Dial, SocketAssociationException> onFailed)
    {
        (_loop, _context, _called, _onProven, _onFailed) = (loop, context, called, onProven, onFailed);
        _deadline = loop.Schedule(milliseconds, () => Fail(Refusal.Unreachable, _lastError ?? $"no connection within {milliseconds} ms"));
    }

    public Socket Socket => _socket!;

    public PollRegistration Registration { get; private set; } = new();

    public void Begin(NameResolver names) => names.Resolve(_called.Host, addresses => _loop.Post(() => OnResolved(addresses)));

    /// <summary>Ends it without an association.</summary>
    public void Fail(Refusal reason, string? detail, PeerAddress? ownName = null)
    {
        if (_isOver) return;
        _isOver = true;
        _deadline.Cancel();
        CloseSocket();
        _approach?.Close();
        var text = $"no association with {_called}: {Refusals.OfListener(reason)}";
        _onFailed(this, new(reason, detail is null ? text : $"{text} ({detail})") { OwnName = ownName });
    }

    public void OnReady(Interest ready)
    {
        if (_isOver || _socket is not { } socket) return;
        _loop.Watch(this, Interest.None);
        var error = (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error == SocketError.Success) OnConnected(socket);
        else OnRefused(new SocketException((int)error));
    }

    private void OnResolved(IPAddress[] addresses)
    {
        if (_isOver) return;
        if (addresses.Length == 0) Fail(Refusal.Unreachable, "nobody knows this host name");
        _addresses = new(addresses);
        TryNext();
    }

    private void TryNext()
    {
        if (_isOver) return;
        if (!_addresses.TryDequeue(out var address))
        {
            Fail(Refusal.Unreachable, _lastError);
            return;
        }

        _endpoint = new(address, _called.Port);
        try
        {
            _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false, NoDelay = true };
            Registration = new();
            _socket.Connect(_endpoint);
            OnConnected(_socket);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            _loop.Watch(this, Interest.Write);
        }
        catch (SocketException e)
        {
            OnRefused(e);
        }
    }

    private void OnRefused(SocketException error)
    {
        _lastError = $"{_endpoint}: {error.Message}";
        CloseSocket();
        TryNext();
    }

    private void OnConnected(Socket socket)
    {
        _deadline.Cancel();
        _socket = null;
        _approach = new(_loop, socket, _context, _called, OnProven, (refused, reason, detail) => Fail(reason, detail, refused.OwnName)) { Remote = $"{_endpoint}" };
        _approach.Begin();
    }

    private void OnProven(Approach approach, PeerIdentity peer)
    {
        _isOver = true;
        _onProven(this, approach, peer);
    }

    private void CloseSocket()
    {
        if (_socket is null) return;
        _loop.Watch(this, Interest.None);
        _socket.Dispose();
        _socket = null;
    }
}
