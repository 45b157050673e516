using System.Net.Sockets;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace ActorCompute.Remoting.Transport;

/// <summary>A connection to a peer that has proved itself: frames in both directions, in order, until one side ends it.</summary>
/// <remarks>
/// The loop's thread reads, ends, and tells the listener. Frames are sent by whoever holds <c>_isSending</c>: one thread at a time, a
/// writer or the loop's.
/// </remarks>
internal sealed class PeerConnection : IChannelOwner, IFrameSink
{
    // What is read or written for one peer before others have their turn.
    private const int Turn = 256 * 1024;

    // A handle that nobody takes. Akka.NET takes it at once, unless it has given up meanwhile.
    private const int ListenerMilliseconds = 15_000;

    [ThreadStatic]
    private static byte[]? _scratch;

    private readonly Lock _gate = new();
    private readonly ByteChannel _channel;
    private readonly PollLoop _loop;
    private readonly ReceiveChunk _chunk;
    private readonly SendBudget _budget;
    private readonly FrameReader _frames;
    private readonly int _lingerMilliseconds;
    private readonly Action<PeerConnection, string?> _onClosed;
    private readonly Action _sendOnLoop;
    private readonly Action _readOnLoop;

    // Under the gate.
    private readonly SendQueue _queue;
    private SendPace _pace;
    private long _waiting;
    private bool _isSending;
    private bool _isEnding;
    private bool _hasEnded;

    // Of the loop's thread.
    private IHandleEventListener? _listener;
    private Deadline? _deadline;
    private DisassociateInfo? _end;
    private Action? _endLinger;
    private bool _isClosed;

    /// <param name="chunk">Where frames are received: of the loop for plain connections, its own with TLS.</param>
    /// <param name="lingerMilliseconds">How long an end may take to send what waits, and again to see the other side end.</param>
    /// <param name="onClosed">Called once, with what went wrong if that was neither side's wish.</param>
    public PeerConnection(
        ByteChannel channel, PollLoop loop, ReceiveChunk chunk, SendBudget budget, SendQueue queue, FrameReader frames, int lingerMilliseconds, Action<PeerConnection, string?> onClosed)
    {
        (_channel, _loop, _chunk, _budget, _queue, _frames) = (channel, loop, chunk, budget, queue, frames);
        (_lingerMilliseconds, _onClosed) = (lingerMilliseconds, onClosed);
        _sendOnLoop = Guarded(Send);
        _readOnLoop = Guarded(OnReadable);
    }

    /// <summary>Takes the connection over. On the loop's thread.</summary>
    public void Start()
    {
        _channel.Attach(_loop, this);
        _deadline = _loop.Schedule(ListenerMilliseconds, () => End(DisassociateInfo.Unknown, null));
    }

    /// <summary>Takes a frame to be sent.</summary>
    /// <returns>False if it is not taken: too much waits, or the connection ends.</returns>
    public bool Write(ByteString payload)
    {
        var isDirect = false;
        lock (_gate)
        {
            var cost = SendQueue.CostOf(payload);
            if (_isEnding || !_budget.TryTake(_waiting, cost)) return false;
            _waiting += cost;
            _queue.Add(payload);
            if (_isSending) return true;
            _isSending = true;
            isDirect = _pace.MaySendNow();
        }

        if (isDirect) Send();
        else _loop.Post(_sendOnLoop);
        return true;
    }

    /// <summary>Whom to tell what arrives; reading begins with it. Any thread.</summary>
    public void SetListener(IHandleEventListener listener) => _loop.Post(Guarded(() =>
    {
        _listener = listener;
        if (_end is { } info)
        {
            listener.Notify(new Disassociated(info));
            return;
        }

        _deadline?.Cancel();
        OnReadable();
    }));

    /// <summary>Ends the connection when what waits has been sent, or after a short while. Any thread.</summary>
    public void Disassociate()
    {
        lock (_gate) _isEnding = true;
        _loop.Post(Guarded(BeginEnding));
    }

    /// <summary>Ends it at once. On the loop's thread.</summary>
    public void End(DisassociateInfo info, string? fault)
    {
        if (_hasEnded)
        {
            _endLinger?.Invoke();
            return;
        }

        lock (_gate)
        {
            (_isEnding, _hasEnded) = (true, true);
            _budget.Return(_queue.Clear());
            _queue.Dispose();
            _waiting = 0;
        }

        _deadline?.Cancel();
        _frames.Dispose();
        Tell(info);
        Close(fault);
    }

    public void OnReadable()
    {
        for (var left = Turn; !_hasEnded && _listener is not null;)
        {
            var status = _channel.TryRead(_frames.Begin(_chunk), out var count);
            if (status is IoStatus.Pending) return;
            if (status is IoStatus.Ended or IoStatus.Failed)
            {
                End(DisassociateInfo.Unknown, null);
                return;
            }

            // After the end from this side, what arrives is nobody's any more.
            if (_end is null && _frames.Take(_chunk, count, this) is { } fault)
            {
                End(DisassociateInfo.Unknown, fault);
                return;
            }

            if (status is IoStatus.DoneForNow) return;
            if ((left -= count) > 0) continue;
            _loop.Post(_readOnLoop);
            return;
        }
    }

    public void OnFrame(ReadOnlyMemory<byte> payload) => _listener!.Notify(new InboundPayload(UnsafeByteOperations.UnsafeWrap(payload)));

    public void OnWritable() => Send();

    public void OnFault(Exception error) => End(DisassociateInfo.Unknown, IsJustTheEnd(error) ? null : $"{error.GetType().Name}: {error.Message}");

    // Processes end, some without a word: that is nobody's fault.
    private static bool IsJustTheEnd(Exception error) =>
        error is ObjectDisposedException or IOException { InnerException: null } || Listening.SocketErrorOf(error) is not null;

    private void BeginEnding()
    {
        if (_hasEnded || _end is not null) return;
        Tell(DisassociateInfo.Unknown);
        _deadline?.Cancel();
        _deadline = _loop.Schedule(_lingerMilliseconds, () => End(DisassociateInfo.Unknown, null));
        bool isSent;
        lock (_gate) isSent = !_isSending;
        if (isSent) EndWhenSent();
    }

    private void EndWhenSent()
    {
        if (_hasEnded || _end is null) return;
        lock (_gate)
        {
            _hasEnded = true;
            _queue.Dispose();
        }

        _deadline?.Cancel();
        _frames.Dispose();
        _endLinger = Linger.Start(_loop, _channel, _lingerMilliseconds, () => Close(null));
    }

    private void Close(string? fault)
    {
        if (_isClosed) return;
        _isClosed = true;
        try
        {
            _channel.Close();
        }
        finally
        {
            _onClosed(this, fault);
        }
    }

    private void Tell(DisassociateInfo info)
    {
        if (_end is not null) return;
        _end = info;
        _listener?.Notify(new Disassociated(info));
    }

    private void Send()
    {
        try
        {
            var scratch = _scratch ??= new byte[64 * 1024];
            var taken = 0;
            for (var left = Turn; ; left -= taken)
            {
                var bytes = Next(taken, scratch, out var isEnding);
                if (bytes.IsEmpty)
                {
                    if (isEnding) _loop.Post(Guarded(EndWhenSent));
                    return;
                }

                if (left <= 0)
                {
                    _loop.Post(_sendOnLoop);
                    return;
                }

                var status = _channel.TryWrite(bytes, out taken);
                if (status is IoStatus.Done) continue;
                Advance(taken);
                if (status is IoStatus.Pending) _channel.AwaitWritable(_loop);
                else _loop.Post(Guarded(() => End(DisassociateInfo.Unknown, null)));
                return;
            }
        }
        catch (Exception e)
        {
            // Closed meanwhile, or TLS is broken.
            _loop.Post(() => OnFault(e));
        }
    }

    /// <summary>Takes sent bytes away and gives the next; none when all is sent, or the connection is over.</summary>
    private ReadOnlySpan<byte> Next(int sent, Span<byte> scratch, out bool isEnding)
    {
        lock (_gate)
        {
            isEnding = _isEnding;
            if (_hasEnded) return [];
            if (sent > 0) AdvanceInGate(sent);
            if (!_queue.IsEmpty) return _queue.Peek(scratch);
            _isSending = false;
            return [];
        }
    }

    private void Advance(int sent)
    {
        lock (_gate)
        {
            if (!_hasEnded) AdvanceInGate(sent);
        }
    }

    private void AdvanceInGate(int sent)
    {
        var cost = _queue.Advance(sent);
        _waiting -= cost;
        _budget.Return(cost);
    }

    private Action Guarded(Action action) => () =>
    {
        try
        {
            action();
            if (!_hasEnded) _channel.UpdateInterest();
        }
        catch (Exception e)
        {
            OnFault(e);
        }
    };
}
