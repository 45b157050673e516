using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// The last moments of a connection whose side here has said all: what the other side still sends is dropped until it ends too. To
/// close while bytes lie unread would reset the connection, and could destroy what was sent last.
/// </summary>
internal sealed class Linger : IPollable
{
    // Of one that goes on and on.
    private const int MaxBytes = 64 * 1024 * 1024;

    private readonly PollLoop _loop;
    private readonly ByteChannel _channel;
    private readonly Action _onClosed;
    private readonly Deadline _deadline;
    private int _bytes;
    private bool _isClosed;

    private Linger(PollLoop loop, ByteChannel channel, int milliseconds, Action onClosed)
    {
        (_loop, _channel, _onClosed) = (loop, channel, onClosed);
        _deadline = loop.Schedule(milliseconds, Close);
    }

    public Socket Socket => _channel.Socket;

    public PollRegistration Registration { get; } = new();

    /// <summary>Ends this side's direction, and the connection when the other side has ended its own, or in time. On the loop's thread.</summary>
    /// <returns>Ends it at once.</returns>
    public static Action Start(PollLoop loop, ByteChannel channel, int milliseconds, Action onClosed)
    {
        channel.Detach();
        channel.EndWriting();
        var linger = new Linger(loop, channel, milliseconds, onClosed);
        loop.Watch(linger, Interest.Read);
        return linger.Close;
    }

    public void OnReady(Interest ready)
    {
        Span<byte> dropped = stackalloc byte[4096];
        while (true)
        {
            var count = Socket.Receive(dropped, SocketFlags.None, out var error);
            if (error is SocketError.WouldBlock or SocketError.IOPending) return;
            if (error is SocketError.Success && count > 0 && (_bytes += count) < MaxBytes)
            {
                if (count < dropped.Length) return;
                continue;
            }

            Close();
            return;
        }
    }

    private void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        _deadline.Cancel();
        _loop.Watch(this, Interest.None);
        _channel.Close();
        _onClosed();
    }
}
