using System.Net.Security;
using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>The bytes of a socket through TLS, with the same threads as without.</summary>
internal sealed class TlsChannel : ByteChannel
{
    /// <summary>Of the memory that each connection receives into: two records of TLS.</summary>
    public const int ChunkSize = 32 * 1024;

    // A record of TLS has at most 16 KiB; what is more would be cut anyway.
    private const int WriteSize = 16 * 1024;

    private readonly TlsIdentity _identity;
    private readonly bool _isServer;
    private readonly InlineStream _stream;
    private readonly SslStream _ssl;
    private readonly TlsVerdict _verdict = new();
    private readonly Action _onRead;
    private readonly Action _onWritten;

    private ValueTask<int> _read;
    private bool _readPends;
    private bool _isReadOver;

    private byte[]? _writeBuffer;
    private ValueTask _write;
    private volatile bool _awaitsWritable;
    private bool _isWriteOver;
    private bool _isAuthenticated;

    public TlsChannel(Socket socket, TlsIdentity identity, bool isServer)
        : base(socket)
    {
        (_identity, _isServer) = (identity, isServer);
        _stream = new(socket);
        _ssl = new(_stream, leaveInnerStreamOpen: true);
        _onRead = () => Continue(ref _isReadOver, OnReadable);
        _onWritten = () => Continue(ref _isWriteOver, OnWritable);
    }

    /// <summary>Both sides' certificates, for the transcript: who ends TLS in the middle has another.</summary>
    public byte[] Binding { get; private set; } = [];

    /// <summary>What is wrong with the other side's certificate, if that was it.</summary>
    public string? CertificateFault => _verdict.Fault;

    // Before the end of TLS's own handshake all happens on the loop's thread; later a write pends for the loop from AwaitWritable on.
    protected override Interest Pending =>
        (_stream.ReadPends ? Interest.Read : Interest.None)
        | ((_awaitsWritable || !_isAuthenticated) && _stream.WritePends ? Interest.Write : Interest.None);

    /// <summary>TLS's own handshake.</summary>
    /// <param name="onDone">Called on the loop's thread, with what went wrong if anything did.</param>
    public void Authenticate(Action<Exception?> onDone)
    {
        var task = _isServer
            ? _ssl.AuthenticateAsServerAsync(_identity.ServerOptions(_verdict))
            : _ssl.AuthenticateAsClientAsync(_identity.ClientOptions(_verdict));
        // When all came at once it is done already; what is told of that late, .NET would run on the pool.
        if (task.IsCompleted) PostResult();
        else task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(PostResult);

        void PostResult() => Loop?.Post(() =>
        {
            if (task.IsCompletedSuccessfully)
            {
                _isAuthenticated = true;
                Binding = _identity.BindingWith(_ssl.RemoteCertificate!, _isServer);
            }

            onDone(task.Exception?.InnerException);
        });
    }

    /// <summary>Why TLS's handshake failed.</summary>
    public Refusal Judge()
    {
        const byte alert = 0x15;
        if (_stream.FirstByte is not { } first) return Refusal.Closed;
        if (first == HandshakeFrame.Magic[0]) return _isServer ? Refusal.TlsNeeded : Refusal.TlsNotSpoken;
        return first is HandshakeFrame.TlsFirstByte or alert ? Refusal.TlsFailed : Refusal.NotAPeer;
    }

    public override IoStatus TryRead(Memory<byte> buffer, out int count)
    {
        count = 0;
        if (!_readPends)
        {
            _read = _ssl.ReadAsync(buffer);
            if (!_read.IsCompleted)
            {
                _readPends = true;
                _read.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_onRead);
                return IoStatus.Pending;
            }
        }
        else if (!_read.IsCompleted)
        {
            return IoStatus.Pending;
        }

        _readPends = false;
        count = _read.ConfigureAwait(false).GetAwaiter().GetResult();
        return count > 0 ? IoStatus.Done : IoStatus.Ended;
    }

    public override IoStatus TryWrite(ReadOnlySpan<byte> bytes, out int count)
    {
        _writeBuffer ??= new byte[WriteSize];
        count = Math.Min(bytes.Length, WriteSize);
        bytes[..count].CopyTo(_writeBuffer);
        _write = _ssl.WriteAsync(_writeBuffer.AsMemory(0, count));
        if (!_write.IsCompleted) return IoStatus.Pending;
        _write.ConfigureAwait(false).GetAwaiter().GetResult();
        return IoStatus.Done;
    }

    public override void AwaitWritable(PollLoop loop)
    {
        _write.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_onWritten);
        _awaitsWritable = true;
        UpdateInterestOn(loop);
    }

    public override void PauseReading()
    {
        // Without a read that pends there is nothing to pause.
    }

    public override void Close()
    {
        base.Close();
        // A write that does not pend for the loop is another thread's, which meets the closed socket itself.
        _stream.Abort(includingWrite: _awaitsWritable || !_isAuthenticated);
        _ssl.Dispose();
    }

    protected override void OnReadable()
    {
        _stream.OnReadable();
        if (!_isReadOver) return;
        _isReadOver = false;
        Owner.OnReadable();
    }

    protected override void OnWritable()
    {
        _stream.OnWritable();
        if (!_isWriteOver) return;
        (_isWriteOver, _awaitsWritable) = (false, false);
        _write.ConfigureAwait(false).GetAwaiter().GetResult();
        Owner.OnWritable();
    }

    // Inside the stream's own call as a rule, whose caller then goes on. SslStream may have waited for something else.
    private void Continue(ref bool isOver, Action goOn)
    {
        isOver = true;
        if (Loop is { IsCurrent: false } loop) loop.Post(goOn);
    }
}
