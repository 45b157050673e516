using Akka.Remote.Transport;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>
/// Turns what waits for a peer into bytes on its connection: many frames for one write. One thread at a time holds the
/// drain (<see cref="TryAcquire"/>): the association's writer thread, or a sender that found the peer idle and writes its
/// one small message itself, which saves a question and its answer a change of threads each.
/// </summary>
internal sealed class Drain(SendQueue queue, SystemOutbox<Outgoing> outbox)
{
    /// <summary>A write this large makes system calls cheap per message and still fits every socket buffer.</summary>
    private const int FlushAt = 64 * 1024;

    /// <summary>A burst's array is not kept for good.</summary>
    private const int KeptBatch = 16 * 1024;

    private int _held;

    // What was taken from the queue; [_next.._count) is not written yet. Survives a broken connection.
    private Outgoing[] _batch = new Outgoing[16];
    private int _count;
    private int _next;

    // Control frames are not queued but owed: a second request before the frame is written changes nothing.
    private int _heartbeatOwed;
    private int _replyOwed;
    private long _acknowledgementOwed = NoneOwed;

    private const long NoneOwed = -1;

    public void OweHeartbeat() => Volatile.Write(ref _heartbeatOwed, 1);

    public void OweReply() => Volatile.Write(ref _replyOwed, 1);

    public void OweAcknowledgement(ulong number) => Volatile.Write(ref _acknowledgementOwed, (long)number);

    public bool HasControl =>
        Volatile.Read(ref _heartbeatOwed) != 0 || Volatile.Read(ref _replyOwed) != 0 || Volatile.Read(ref _acknowledgementOwed) != NoneOwed;

    /// <summary>Frames that are in the connection's buffer but not on the wire.</summary>
    public bool HasUnwritten { get; private set; }

    /// <summary>System messages that wait for a connection outside of the queue.</summary>
    public int SystemKept { get; private set; }

    /// <summary>True when messages wait; exact only for the holder.</summary>
    public bool HasMessages => _next < _count || !queue.IsEmpty;

    public bool IsHeld => Volatile.Read(ref _held) != 0;

    public bool TryAcquire() => Interlocked.CompareExchange(ref _held, 1, 0) == 0;

    /// <summary>The holder must look for work once more afterwards: who added some meanwhile has relied on it.</summary>
    public void Release() => Interlocked.Exchange(ref _held, 0);

    /// <summary>Control frames answer somebody on a living connection; on the next one nobody waits for them.</summary>
    public void ForgetControl()
    {
        Volatile.Write(ref _heartbeatOwed, 0);
        Volatile.Write(ref _replyOwed, 0);
        Volatile.Write(ref _acknowledgementOwed, NoneOwed);
    }

    /// <summary>Writes until nothing waits. Throws what the socket throws; what is in the writer's buffer then is lost.</summary>
    public void Run(Connection connection)
    {
        var writer = connection.Writer;
        HasUnwritten = false; // it is in the buffer of this connection, or was lost with the last one
        if (!connection.HasResent)
        {
            connection.HasResent = true;
            lock (outbox)
            {
                foreach (var (number, outgoing) in outbox.Unacknowledged())
                    SystemFrame.Write(writer, number, in outgoing);
            }
        }
        do
        {
            WriteControl(writer);
            Take();
            WriteBatch(connection);
            Flush(connection);
        }
        while (HasControl || HasMessages);
    }

    /// <summary>
    /// One round, by a thread that has other things to do: what turned out too long to be written without blocking is left in
    /// the buffer, for the writer thread.
    /// </summary>
    public void RunHere(Connection connection)
    {
        WriteControl(connection.Writer);
        Take();
        WriteBatch(connection);
        HasUnwritten = connection.Writer.Count > Connection.WriteNowLimit;
        if (!HasUnwritten)
            Flush(connection);
    }

    public void WriteGoodbye(Connection connection, GoodbyeReason reason)
    {
        connection.Writer.Clear();
        var frame = connection.Writer.BeginFrame(FrameKind.Goodbye);
        connection.Writer.WriteByte((byte)reason);
        connection.Writer.EndFrame(frame);
        Flush(connection);
    }

    /// <summary>Gives up what waits: user messages, and system messages when <paramref name="systemToo"/>.</summary>
    public void GiveUp(bool systemToo, Action<Outgoing> deadLetter)
    {
        var kept = new List<Outgoing>();
        do
        {
            for (; _next < _count; _next++)
            {
                var outgoing = _batch[_next];
                _batch[_next] = default;
                if (outgoing.IsSystem && !systemToo)
                {
                    kept.Add(outgoing);
                    continue;
                }
                queue.Done(outgoing.Weight);
                deadLetter(outgoing);
            }
            _next = 0;
            _count = queue.TakeAll(ref _batch);
        }
        while (_count > 0);
        if (kept.Count > 0)
        {
            _batch = [.. kept];
            _count = kept.Count;
        }
        SystemKept = kept.Count;
        HasUnwritten = false;
    }

    private void Take()
    {
        if (_next < _count)
            return;
        _next = 0;
        _count = 0;
        if (_batch.Length > KeptBatch)
            _batch = new Outgoing[16];
        _count = queue.TakeAll(ref _batch);
        SystemKept = 0;
    }

    private void WriteBatch(Connection connection)
    {
        var writer = connection.Writer;
        long written = 0;
        while (_next < _count)
        {
            ref var outgoing = ref _batch[_next];
            written += outgoing.Weight;
            if (outgoing.IsSystem)
                WriteSystem(connection, in outgoing);
            else
                MessageFrame.Write(connection, in outgoing);
            outgoing = default;
            _next++;
            if (writer.Count >= FlushAt)
            {
                queue.Done(written);
                written = 0;
                Flush(connection);
                WriteControl(writer);
            }
        }
        queue.Done(written);
    }

    private void WriteSystem(Connection connection, in Outgoing outgoing)
    {
        if (outgoing.Incarnation is { } meant && meant != connection.Peer.Uid)
            return; // its recipient died with that incarnation
        ulong number;
        lock (outbox)
            number = outbox.Add(outgoing);
        SystemFrame.Write(connection.Writer, number, in outgoing);
    }

    private void WriteControl(WireWriter writer)
    {
        if (Interlocked.Exchange(ref _heartbeatOwed, 0) != 0)
            writer.EndFrame(writer.BeginFrame(FrameKind.Heartbeat));
        if (Interlocked.Exchange(ref _replyOwed, 0) != 0)
            writer.EndFrame(writer.BeginFrame(FrameKind.HeartbeatReply));
        var acknowledged = Interlocked.Exchange(ref _acknowledgementOwed, NoneOwed);
        if (acknowledged == NoneOwed)
            return;
        var frame = writer.BeginFrame(FrameKind.Ack);
        writer.WriteVarUInt((ulong)acknowledged);
        writer.EndFrame(frame);
    }

    private void Flush(Connection connection)
    {
        if (connection.Writer.Count == 0)
            return;
        HasUnwritten = false;
        connection.Write(connection.Writer.Written);
        connection.Writer.Clear();
    }
}

internal enum GoodbyeReason : byte
{
    None = 0,
    ShuttingDown = 1,
    Quarantined = 2,
}
