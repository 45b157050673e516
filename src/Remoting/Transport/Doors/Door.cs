using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// Where peers come in. A caller that has proved nothing has a small place here, and there are few: proven ones are handed on and
/// count no more. When all places are taken, the oldest caller gives way, so that silent ones cannot lock the others out.
/// </summary>
internal sealed class Door : IPollable
{
    // When the process has no descriptors left, the listener stays ready: to try on at once would burn a core.
    private const int RestMilliseconds = 100;

    private readonly PollLoop _loop;
    private readonly HandshakeContext _context;
    private readonly int _places;
    private readonly RefusalLog _log;
    private readonly Action<Approach, PeerIdentity> _onProven;
    private readonly List<Approach> _approaches = [];
    private bool _isClosed;

    public Door(PollLoop loop, Socket listener, HandshakeContext context, int places, RefusalLog log, Action<Approach, PeerIdentity> onProven)
    {
        (_loop, Socket, _context, _places, _log, _onProven) = (loop, listener, context, places, log, onProven);
    }

    public Socket Socket { get; }

    public PollRegistration Registration { get; } = new();

    public void Open()
    {
        if (!_isClosed) _loop.Watch(this, Interest.Read);
    }

    public void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        _loop.Watch(this, Interest.None);
        Socket.Dispose();
        foreach (var approach in _approaches.ToArray()) approach.Close();
    }

    public void OnReady(Interest ready)
    {
        if (_isClosed) return;
        Socket socket;
        try
        {
            socket = Socket.Accept();
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            return; // gone again
        }
        catch (SocketException)
        {
            _loop.Watch(this, Interest.None);
            _loop.Schedule(RestMilliseconds, Open);
            return;
        }

        try
        {
            Admit(socket);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            socket.Dispose(); // reset before it was looked at
        }
    }

    private void Admit(Socket socket)
    {
        (socket.Blocking, socket.NoDelay) = (false, true);
        while (_approaches.Count >= _places) GiveWay(_approaches[0]);
        var approach = new Approach(_loop, socket, _context, called: null, _onProven, OnRefused)
        {
            Remote = socket.RemoteEndPoint is IPEndPoint remote ? $"{remote}" : "a caller",
            OnClosed = closed => _approaches.Remove(closed),
        };
        _approaches.Add(approach);
        approach.Begin();
    }

    private void OnRefused(Approach approach, Refusal reason, string? detail)
    {
        // One that has proved itself and only used another name of this machine calls again: nothing for a person to mend.
        if (approach.OwnName is null) _log.Add(approach.Remote, approach.Claimed, reason, detail);
    }

    private void GiveWay(Approach oldest)
    {
        oldest.Refuse(Refusal.Crowded);
        // It may have been refused before, and linger.
        oldest.Close();
        _approaches.Remove(oldest);
    }
}
