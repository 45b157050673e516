using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>A connection on its way to being proved, in either direction. On the door's thread.</summary>
internal sealed class Approach : IChannelOwner
{
    // How long a caller that was refused may take to read why.
    private const int LingerMilliseconds = 1000;

    private readonly PollLoop _loop;
    private readonly HandshakeContext _context;
    private readonly PeerAddress? _called;
    private readonly Action<Approach, PeerIdentity> _onProven;
    private readonly Action<Approach, Refusal, string?> _onRefused;
    private readonly HandshakeBuffer _buffer = new();
    private readonly Deadline _deadline;
    private IHandshake? _handshake;
    private Action? _endLinger;
    private bool _isDecided;

    /// <param name="called">Whom this side calls; null when it is called.</param>
    /// <param name="onProven">Takes the channel over.</param>
    /// <param name="onRefused">Called once, instead.</param>
    public Approach(
        PollLoop loop, Socket socket, HandshakeContext context, PeerAddress? called, Action<Approach, PeerIdentity> onProven, Action<Approach, Refusal, string?> onRefused)
    {
        (_loop, _context, _called, _onProven, _onRefused) = (loop, context, called, onProven, onRefused);
        Channel = context.Tls is { } tls ? tls.Wrap(socket, isServer: called is null) : new PlainChannel(socket);
        _deadline = loop.Schedule(context.Milliseconds, () => Refuse(Refusal.TimedOut));
    }

    public ByteChannel Channel { get; }

    /// <summary>The other side's socket address, for the log.</summary>
    public string Remote { get; init; } = "";

    /// <summary>For the frames of the connection, once it is proved.</summary>
    public SessionKeys? Keys { get; private set; }

    /// <summary>The address of the side that was called, when the caller used another and both have proved that they know the secret.</summary>
    public PeerAddress? OwnName { get; private set; }

    public PeerAddress? Claimed => _handshake?.Claimed;

    /// <summary>Called when nothing of it is left but what was handed over.</summary>
    public Action<Approach>? OnClosed { get; init; }

    public void Begin()
    {
        try
        {
            Channel.Attach(_loop, this);
            if (Channel is TlsChannel tls) tls.Authenticate(error => Guard(() => OnAuthenticated(tls, error)));
            else BeginHandshake([]);
            Channel.UpdateInterest();
        }
        catch (Exception e)
        {
            OnFault(e);
        }
    }

    /// <summary>Ends it without an association, unless that is decided already.</summary>
    public void Refuse(Refusal reason, string? detail = null, byte[]? answer = null)
    {
        if (_isDecided) return;
        Decide();
        var isTold = _called is null && Refusals.IsToldToStrangers(reason);
        var told = answer ?? (isTold ? HandshakeFrame.Write(HandshakeKind.Refused, (byte)reason) : null);
        if (told is not null) Answer(told, isPlain: reason is Refusal.TlsNeeded);
        else Close();
        _onRefused(this, reason, detail);
    }

    /// <summary>Ends it at once and in silence.</summary>
    public void Close()
    {
        if (!_isDecided) Decide();
        if (_endLinger is { } end)
        {
            end();
            return;
        }

        Channel.Close();
        OnClosed?.Invoke(this);
    }

    public void OnReadable()
    {
        while (!_isDecided && _handshake is not null)
        {
            var status = Channel.TryRead(_buffer.Missing, out var count);
            if (status is IoStatus.Pending) return;
            if (status is IoStatus.Ended or IoStatus.Failed)
            {
                Refuse(Refusal.Closed);
                return;
            }

            if (_buffer.Add(count) is { } reason) Refuse(reason);
            else if (_buffer.IsComplete) Take();
            else if (status is IoStatus.DoneForNow) return;
        }
    }

    public void OnWritable()
    {
        // Frames of a handshake fit into any socket's buffer: a write that is pending has failed.
    }

    public void OnFault(Exception error)
    {
        if (_isDecided) Close();
        else if (Channel is TlsChannel tls) Refuse(Refusal.TlsFailed, TlsDetail(tls, error));
        else Refuse(Refusal.Closed, Printable.Text(error.Message));
    }

    private void OnAuthenticated(TlsChannel tls, Exception? error)
    {
        if (_isDecided) return;
        if (error is null) BeginHandshake(tls.Binding);
        else Refuse(tls.Judge(), TlsDetail(tls, error));
    }

    // The innermost text is OpenSSL's, with the alert that the other side sent.
    private static string TlsDetail(TlsChannel tls, Exception error) => Printable.Text(tls.CertificateFault ?? error.GetBaseException().Message);

    private void BeginHandshake(byte[] binding)
    {
        if (_called is null)
        {
            _handshake = new Acceptor(_context.Key, _context.Self, binding);
        }
        else
        {
            var initiator = new Initiator(_context.Key, _context.Self, _called, binding);
            _handshake = initiator;
            if (!TrySend(initiator.Hello)) return;
        }

        OnReadable();
    }

    private void Take()
    {
        var step = _handshake!.Take(_buffer.Frame);
        _buffer.Clear();
        if (step.Refused is { } reason)
        {
            OwnName = step.OwnName;
            Refuse(reason, step.Detail, step.Reply);
            return;
        }

        if (step.Reply is not null && !TrySend(step.Reply)) return;
        if (step.Peer is not { } peer) return;
        Keys = step.Keys;
        Decide();
        Channel.PauseReading();
        Channel.Detach();
        OnClosed?.Invoke(this);
        _onProven(this, peer);
    }

    private bool TrySend(byte[] frame)
    {
        if (Channel.TryWrite(frame, out var count) is IoStatus.Done && count == frame.Length) return true;
        Refuse(Refusal.Closed);
        return false;
    }

    private void Decide()
    {
        _isDecided = true;
        _deadline.Cancel();
    }

    private void Answer(byte[] frame, bool isPlain)
    {
        try
        {
            if (isPlain) Channel.Socket.Send(frame, SocketFlags.None, out _);
            else Channel.TryWrite(frame, out _);
            _endLinger = Linger.Start(_loop, Channel, LingerMilliseconds, () => OnClosed?.Invoke(this));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            Close();
        }
    }

    private void Guard(Action action)
    {
        try
        {
            action();
            Channel.UpdateInterest();
        }
        catch (Exception e)
        {
            OnFault(e);
        }
    }
}
