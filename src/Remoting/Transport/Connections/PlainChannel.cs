using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>The bytes of the socket themselves.</summary>
internal sealed class PlainChannel(Socket socket) : ByteChannel(socket)
{
    private bool _readPends;
    private volatile bool _writePends;

    protected override Interest Pending => (_readPends ? Interest.Read : Interest.None) | (_writePends ? Interest.Write : Interest.None);

    public override IoStatus TryRead(Memory<byte> buffer, out int count)
    {
        count = Socket.Receive(buffer.Span, SocketFlags.None, out var error);
        // Also after a success: to watch for more costs nothing, to stop watching would cost a call.
        _readPends = true;
        return error switch
        {
            SocketError.Success when count == buffer.Length => IoStatus.Done,
            SocketError.Success => count > 0 ? IoStatus.DoneForNow : IoStatus.Ended,
            SocketError.WouldBlock or SocketError.IOPending => IoStatus.Pending,
            _ => IoStatus.Failed,
        };
    }

    public override IoStatus TryWrite(ReadOnlySpan<byte> bytes, out int count)
    {
        count = Socket.Send(bytes, SocketFlags.None, out var error);
        if (error is SocketError.WouldBlock or SocketError.IOPending) (count, error) = (0, SocketError.Success);
        if (error != SocketError.Success) return IoStatus.Failed;
        return count < bytes.Length ? IoStatus.Pending : IoStatus.Done;
    }

    public override void AwaitWritable(PollLoop loop)
    {
        _writePends = true;
        UpdateInterestOn(loop);
    }

    public override void PauseReading()
    {
        _readPends = false;
        UpdateInterest();
    }

    protected override void OnReadable() => Owner.OnReadable();

    protected override void OnWritable()
    {
        _writePends = false;
        Owner.OnWritable();
    }
}
