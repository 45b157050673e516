using System.Diagnostics;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Transport;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>
/// Everything between this node and one address: what waits to be sent, the connection, the incarnation at the other end.
/// <code>
/// senders ──> SendQueue ──> Drain ──> Connection ──> peer
///                 (held by the writer thread, or by a sender when the peer is idle)
/// peer ──> Connection ──> InboundReader (a thread per connection) ──> mailboxes
/// </code>
/// Either side may call; the connection serves both directions, and there is never more than one: a new one starts only
/// when the reader of the last has ended, so order holds and nothing comes twice. What a broken connection had not yet
/// carried is lost, except system messages, which are numbered and sent again.
/// </summary>
internal sealed partial class Association
{
    /// <summary>
    /// A sender writes by itself only when the peer has been idle for so long. Somebody who tells in a loop comes back
    /// within a microsecond and is better off with the writer thread, which puts many messages into one write.
    /// </summary>
    private static readonly long InlineAfter = Stopwatch.Frequency / 1_000_000 * 15;

    private readonly RemoteHub _hub;
    private readonly Lock _state = new();
    private readonly Incarnations _incarnations = new();
    private readonly SendQueue _queue;
    private readonly SystemOutbox<Outgoing> _outbox = new();
    private readonly SystemInbox _inbox = new();
    private readonly Drain _drain;
    private readonly ManualResetEventSlim _wake = new(false, spinCount: 30);

    private volatile Connection _connection;
    private volatile bool _stopped;
    private volatile bool _quarantined;
    private volatile bool _purge;
    private long _lastWrite;
    private long _lastOverflowWarning;

    public Association(RemoteHub hub, Address address)
    {
        _hub = hub;
        Address = address;
        _queue = new SendQueue(hub.Settings.OutboundBufferSize);
        _drain = new Drain(_queue, _outbox);
    }

    public Address Address { get; }

    /// <summary>Something of what waited has gone, one way or another.</summary>
    public event Action Progress;

    /// <summary>The uid of the living incarnation that this address was last known to be; null before the first contact.</summary>
    public int? Incarnation
    {
        get
        {
            lock (_state)
                return _incarnations.IsQuarantined ? null : _incarnations.Current;
        }
    }

    public bool IsQuarantined => _quarantined;

    public bool IsConnected => _connection is not null;

    public bool IsDead(int uid)
    {
        lock (_state)
            return _incarnations.IsDead(uid);
    }

    public void Send(object message, IActorRef sender, RemoteActorRef recipient)
    {
        if (_stopped || (_connection is null && IsGated))
        {
            _hub.DeadLetter(message, sender, recipient);
            return;
        }
        if (!_hub.Serializer.TrySerialize(message, sender, recipient, out var outgoing))
            return;
        if (_queue.TryAdd(in outgoing))
            Kick(canWriteHere: true, outgoing.Payload.Length);
        else
            Overflow(in outgoing);
    }

    /// <summary>Reliable as long as the incarnation lives; with an incarnation that is dead it goes nowhere.</summary>
    public void SendSystem(ISystemMessage message, RemoteActorRef recipient)
    {
        if (_stopped)
            return;
        var outgoing = new Outgoing { Message = message, Recipient = recipient, IsSystem = true, Incarnation = Incarnation };
        _queue.TryAdd(in outgoing);
        Kick(canWriteHere: true, 0);
        if (_queue.SystemCount + _drain.SystemKept + _outbox.Count > _hub.Settings.SystemMessageLimit)
            Quarantine(Incarnation, $"more than {_hub.Settings.SystemMessageLimit} system messages wait for it");
    }

    public void RequestHeartbeat()
    {
        if (_stopped)
            return;
        _drain.OweHeartbeat();
        Kick(canWriteHere: true, 0);
    }

    public void OnHeartbeat()
    {
        _drain.OweReply();
        Kick(canWriteHere: true, 0);
    }

    public void OnAcknowledged(Connection connection, ulong number)
    {
        bool known;
        lock (_outbox)
            known = _outbox.Acknowledge(number);
        if (!known && ReferenceEquals(connection, _connection)) // else what it acknowledges was given up meanwhile
            throw new WireFormatException($"acknowledgement of system message {number}, which was never sent");
        Progress?.Invoke();
    }

    public SystemArrival OnSystemMessage(ulong number) => _inbox.Arrived(number);

    /// <summary>After a batch that had system messages in it.</summary>
    public void Acknowledge()
    {
        _drain.OweAcknowledgement(_inbox.LastDelivered);
        Kick(canWriteHere: true, 0);
    }

    /// <summary>
    /// Gives an incarnation up for good. What waits for it goes to the dead letters, its watchers are told, and it is not let in
    /// again; another incarnation at the address is welcome.
    /// </summary>
    /// <param name="isExpected">It went in good order; nobody has to do anything.</param>
    public void Quarantine(int? incarnation, string reason, bool isExpected = false)
    {
        Connection connection;
        lock (_state)
        {
            if (_stopped)
                return;
            if (incarnation is { } uid)
            {
                // Known to be dead, or not the one that this address is now: there is nothing of it left to close.
                if (!_incarnations.Bury(uid) || _incarnations.Current != uid)
                    return;
                _quarantined = true;
            }
            connection = _connection;
            _connection = null;
            CloseGate(_hub.Settings.RetryGate);
            ForgetSystemMessages();
            _purge = true;
        }
        if (connection is not null)
            SayGoodbye(connection, GoodbyeReason.Quarantined);
        WakeWriter();
        if (incarnation is { } dead)
        {
            _hub.Publish(new QuarantinedEvent(Address, dead));
            if (isExpected)
                _hub.LogLifecycle("Nothing more from [{0}] with uid {1}: {2}.", Address, dead, reason);
            else
                _hub.Log.Warning("Quarantined [{0}] with uid {1}: {2}. It must be restarted to be talked to again.", Address, dead, reason);
        }
        _hub.OnIncarnationDead(Address, incarnation);
    }

    /// <summary>The same after what is queued has gone out, or half a second later.</summary>
    public void QuarantineWhenFlushed(int incarnation, string reason)
    {
        var done = 0;
        Progress += FinishWhenFlushed;
        _hub.Timer.Once(TimeSpan.FromMilliseconds(500), Finish);
        FinishWhenFlushed();

        void FinishWhenFlushed()
        {
            if (IsFlushed())
                Finish();
        }

        void Finish()
        {
            if (Interlocked.Exchange(ref done, 1) != 0)
                return;
            Progress -= FinishWhenFlushed;
            Quarantine(incarnation, reason);
        }
    }

    /// <summary>True when everything that was sent has left this node (and system messages have arrived), or never will.</summary>
    public bool IsFlushed()
    {
        lock (_outbox)
        {
            if (_outbox.Count > 0 && _connection is not null)
                return false;
        }
        return !_drain.HasMessages && !_drain.HasUnwritten && !_drain.IsHeld || (_connection is null && IsGated);
    }

    /// <summary>Nothing is sent or received any more.</summary>
    /// <param name="isAbort">Without a goodbye.</param>
    public void Close(bool isAbort)
    {
        Connection connection;
        lock (_state)
        {
            if (_stopped)
                return;
            _stopped = true;
            connection = _connection;
            _connection = null;
            _attempt?.Dispose();
            _attempt = null;
        }
        if (connection is not null && !isAbort)
            SayGoodbye(connection, GoodbyeReason.ShuttingDown);
        connection?.Dispose();
        _wake.Set();
    }

    /// <summary>Something waits: write it here and now if that cannot block and nobody else does, else leave it to the writer thread.</summary>
    private void Kick(bool canWriteHere, int size)
    {
        Interlocked.MemoryBarrier(); // what was added must be visible before we look whether somebody holds the drain
        if (_drain.IsHeld)
            return; // the holder looks again after it lets go
        if (canWriteHere && size <= Connection.WriteNowLimit / 2 && _connection is { HasResent: true } connection
            && Stopwatch.GetTimestamp() - Volatile.Read(ref _lastWrite) > InlineAfter
            && _queue.Count <= 1 && _drain.TryAcquire())
        {
            WriteHere(connection);
            return;
        }
        WakeWriter();
    }

    private void WriteHere(Connection connection)
    {
        var failed = (Exception)null;
        try
        {
            if (ReferenceEquals(connection, _connection) && _queue.Count <= 1 && connection.CanWriteNow)
                _drain.RunHere(connection);
        }
        catch (Exception e) when (Connector.IsNetworkError(e))
        {
            failed = e;
        }
        finally
        {
            Volatile.Write(ref _lastWrite, Stopwatch.GetTimestamp());
            _drain.Release();
        }
        if (failed is not null)
            OnConnectionLost(connection, failed);
        if (HasWork)
            WakeWriter();
    }

    /// <summary>The connection must not be current any more, so that nobody but the drain's holder writes on it.</summary>
    private void SayGoodbye(Connection connection, GoodbyeReason reason)
    {
        if (_drain.TryAcquire())
        {
            try
            {
                if (connection.CanWriteNow)
                    _drain.WriteGoodbye(connection, reason);
            }
            catch (Exception e) when (Connector.IsNetworkError(e))
            {
                // It is closed anyway.
            }
            finally
            {
                _drain.Release();
            }
        }
        connection.Dispose();
    }

    private void Overflow(in Outgoing outgoing)
    {
        var now = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(Volatile.Read(ref _lastOverflowWarning), now) > TimeSpan.FromSeconds(5) || _lastOverflowWarning == 0)
        {
            Volatile.Write(ref _lastOverflowWarning, now);
            _hub.Log.Warning(
                "[{0}] takes messages more slowly than they are sent: {1} bytes wait (akka.remote.outbound-buffer-size), further messages go to the dead letters.",
                Address, _hub.Settings.OutboundBufferSize);
        }
        _hub.DeadLetter(outgoing.Message, outgoing.Sender, outgoing.Recipient);
    }
}
