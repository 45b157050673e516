using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// A socket as SslStream needs it: reads and writes that would wait complete on the loop's thread, inside <see cref="OnReadable"/> and
/// <see cref="OnWritable"/>, and so does what SslStream does next. Nothing of it runs on the thread pool.
/// </summary>
/// <remarks>
/// A pending operation must not complete before SslStream has begun to wait for it: what comes too late for that, .NET gives to the
/// pool. Reads begin and complete on one thread; for writes the channel sees to it.
/// </remarks>
internal sealed class InlineStream(Socket socket) : Stream
{
    private readonly Completion _reading = new();
    private readonly Completion _writing = new();
    private Memory<byte> _into;
    private ReadOnlyMemory<byte> _from;

    /// <summary>The first byte that ever came: whether the other side speaks TLS at all.</summary>
    public byte? FirstByte { get; private set; }

    public bool ReadPends { get; private set; }

    public bool WritePends { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (TryReceive(buffer.Span, out var count)) return new(count);
        (_into, ReadPends) = (buffer, true);
        return _reading.Begin();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (WritePends) throw new InvalidOperationException("two writes at a time");
        if (TrySend(ref buffer)) return ValueTask.CompletedTask;
        (_from, WritePends) = (buffer, true);
        return _writing.BeginWithoutResult();
    }

    /// <summary>On the loop's thread.</summary>
    public void OnReadable()
    {
        if (!ReadPends) return;
        try
        {
            if (!TryReceive(_into.Span, out var count)) return;
            ReadPends = false;
            _reading.End(count);
        }
        catch (IOException e)
        {
            ReadPends = false;
            _reading.Fail(e);
        }
    }

    /// <summary>On the loop's thread.</summary>
    public void OnWritable()
    {
        if (!WritePends) return;
        try
        {
            if (!TrySend(ref _from)) return;
            WritePends = false;
            _writing.End(0);
        }
        catch (IOException e)
        {
            WritePends = false;
            _writing.Fail(e);
        }
    }

    /// <summary>Fails what pends, so that nothing waits for it for ever.</summary>
    public void Abort(bool includingWrite)
    {
        var error = new IOException("the connection was closed");
        if (ReadPends)
        {
            ReadPends = false;
            _reading.Fail(error);
        }

        if (!WritePends || !includingWrite) return;
        WritePends = false;
        _writing.Fail(error);
    }

    public override void Flush()
    {
        // Nothing is kept back.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private bool TryReceive(Span<byte> into, out int count)
    {
        count = socket.Receive(into, SocketFlags.None, out var error);
        if (error is SocketError.WouldBlock or SocketError.IOPending) return false;
        if (error != SocketError.Success) throw Broken(error);
        if (count > 0 && FirstByte is null) FirstByte = into[0];
        return true;
    }

    private bool TrySend(ref ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = socket.Send(bytes.Span, SocketFlags.None, out var error);
            if (error is SocketError.WouldBlock or SocketError.IOPending) return false;
            if (error != SocketError.Success) throw Broken(error);
            bytes = bytes[count..];
        }

        return true;
    }

    private static IOException Broken(SocketError error)
    {
        var inner = new SocketException((int)error);
        return new(inner.Message, inner);
    }

    /// <summary>One operation after the other that somebody waits for; ends where <see cref="End"/> is called.</summary>
    private sealed class Completion : IValueTaskSource<int>, IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<int> _core;

        public ValueTask<int> Begin()
        {
            _core.Reset();
            return new(this, _core.Version);
        }

        public ValueTask BeginWithoutResult()
        {
            _core.Reset();
            return new(this, _core.Version);
        }

        public void End(int result) => _core.SetResult(result);

        public void Fail(Exception error) => _core.SetException(error);

        public int GetResult(short token) => _core.GetResult(token);

        void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
