using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>Bytes in and out of one socket, plain or through TLS, that never wait.</summary>
/// <remarks>
/// All is for the thread of the loop that it is attached to, but <see cref="TryWrite"/> and <see cref="AwaitWritable"/>: those are for
/// any thread, one at a time. It watches its socket for what is pending and nothing else, so a peer that is not read costs no wake-up.
/// </remarks>
internal abstract class ByteChannel : IPollable
{
    private readonly Action _updateInterest;
    private IChannelOwner? _owner;

    protected ByteChannel(Socket socket)
    {
        Socket = socket;
        _updateInterest = UpdateInterest;
    }

    public Socket Socket { get; }

    public PollRegistration Registration { get; } = new();

    public PollLoop? Loop { get; private set; }

    protected IChannelOwner Owner => _owner!;

    /// <summary>From now on this loop watches the socket, for this owner.</summary>
    public void Attach(PollLoop loop, IChannelOwner owner)
    {
        (Loop, _owner) = (loop, owner);
        UpdateInterest();
    }

    /// <summary>Nobody watches the socket until the next <see cref="Attach"/>, perhaps to another loop.</summary>
    public void Detach()
    {
        Loop?.Watch(this, Interest.None);
        Loop = null;
    }

    /// <summary>Reads into a buffer, which belongs to the channel as long as the status is pending.</summary>
    public abstract IoStatus TryRead(Memory<byte> buffer, out int count);

    /// <summary>Writes the beginning of some bytes. When the status is pending, the rest has to wait.</summary>
    public abstract IoStatus TryWrite(ReadOnlySpan<byte> bytes, out int count);

    /// <summary>
    /// After a pending write: has <see cref="IChannelOwner.OnWritable"/> called when the rest can be written. Not before, so that the
    /// writer can note first how far it came: the loop's thread could be faster.
    /// </summary>
    /// <param name="loop">The owner's, which may not have attached the channel yet.</param>
    public abstract void AwaitWritable(PollLoop loop);

    /// <summary>The owner reads no more until it calls <see cref="TryRead"/> again. No read may be pending.</summary>
    public abstract void PauseReading();

    /// <summary>Says that nothing more will be written.</summary>
    public void EndWriting()
    {
        try
        {
            Socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Broken before; the reading side meets it.
        }
    }

    public void OnReady(Interest ready)
    {
        try
        {
            if (ready.HasFlag(Interest.Write) && Pending.HasFlag(Interest.Write)) OnWritable();
            if (ready.HasFlag(Interest.Read) && Pending.HasFlag(Interest.Read)) OnReadable();
            UpdateInterest();
        }
        catch (Exception e)
        {
            Owner.OnFault(e);
        }
    }

    /// <summary>Watches the socket for what is pending. On another thread than the loop's it does nothing: the channel was handed on meanwhile.</summary>
    public void UpdateInterest()
    {
        if (Loop is { IsCurrent: true } loop) loop.Watch(this, Pending);
    }

    protected void UpdateInterestOn(PollLoop loop)
    {
        if (loop.IsCurrent) UpdateInterest();
        else loop.Post(_updateInterest);
    }

    /// <summary>Ends it at once. Safe to call again.</summary>
    public virtual void Close()
    {
        Detach();
        Socket.Dispose();
    }

    /// <summary>What waits for the socket.</summary>
    protected abstract Interest Pending { get; }

    protected abstract void OnReadable();

    protected abstract void OnWritable();
}
