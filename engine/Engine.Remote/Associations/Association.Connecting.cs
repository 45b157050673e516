using System.Diagnostics;
using Akka.Event;
using Akka.Remote.Transport;
using Akka.Remote.Wire;

namespace Akka.Remote.Associations;

/// <summary>How an association comes to its connection, by calling or by being called, and how it loses it.</summary>
internal sealed partial class Association
{
    /// <summary>The first pauses between attempts are this short: nodes of a cluster start at the same time.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    private const int ShortPauses = 6;

    /// <summary>After so long without connection and without anything to send, the writer thread ends.</summary>
    private static readonly TimeSpan IdleThread = TimeSpan.FromSeconds(10);

    /// <summary>A reader that takes longer to end hangs in a mailbox or a deserializer.</summary>
    private static readonly TimeSpan ReaderEnd = TimeSpan.FromSeconds(10);

    private ConnectAttempt _attempt;
    private uint _calls;
    private uint _peerCalls;
    private Connection _lastConnection;
    private int _accepting;
    private int _lastAccept;
    private int _failures;
    private long _gateOpens;
    private long _unreachableSince;
    private int _hasWriter;

    private enum Connecting
    {
        Connected,

        /// <summary>The other side is calling at the moment.</summary>
        Busy,

        /// <summary>Not now: the last attempt failed a moment ago.</summary>
        Gated,
    }

    private bool IsGated => Stopwatch.GetTimestamp() < Volatile.Read(ref _gateOpens);

    private bool HasWork => _purge || _drain.HasMessages || _drain.HasControl || _drain.HasUnwritten || HasUnacknowledged;

    private bool HasUnacknowledged => _connection is null && _outbox.Count > 0;

    /// <summary>
    /// A peer has called. Runs on the thread that accepted and will read. False when the connection is not to be used; the peer
    /// has been told why then.
    /// </summary>
    public bool Accept(Connection connection, Hello hello)
    {
        Connection current, last;
        int accept;
        lock (_state)
        {
            if (Refusal(hello) is { } refusal)
                return Refuse(connection, refusal);
            _attempt?.Dispose(); // ours gives way; it finds out when it comes back
            _attempt = null;
            accept = ++_lastAccept;
            _accepting++;
            current = _connection;
            _connection = null;
            last = _lastConnection;
        }
        current?.Dispose();
        // What the last connection brought must be delivered before the peer sends anything on this one.
        var lastEnded = last is null || last.ReaderDone.Wait(ReaderEnd);
        int? replaced;
        lock (_state)
        {
            _accepting--;
            if (!lastEnded || accept != _lastAccept || Refusal(hello) is not null)
                return Refuse(connection, new Reject(RejectReason.Simultaneous, "another connection is in use"));
            try
            {
                Handshake.Write(connection.Writer, new Welcome(_hub.Self, _calls));
                connection.Write(connection.Writer.Written);
                connection.Writer.Clear();
            }
            catch (Exception e) when (Connector.IsNetworkError(e))
            {
                WakeWriter();
                return false;
            }
            connection.PeerCalls = hello.Call;
            replaced = Establish(connection, hello.From.Uid);
        }
        AfterEstablished(connection, replaced);
        return true;
    }

    public void OnConnectionLost(Connection connection, Exception cause)
    {
        bool wasCurrent;
        lock (_state)
        {
            wasCurrent = ReferenceEquals(_connection, connection);
            if (wasCurrent)
                _connection = null;
        }
        connection.Dispose();
        if (!wasCurrent)
            return;
        _drain.ForgetControl();
        _hub.Publish(new DisassociatedEvent(_hub.Self.Address, Address, connection.IsInbound));
        _hub.LogLifecycle("Connection with [{0}] closed: {1}", Address, cause?.Message ?? "by the other side");
        if (HasWork)
            WakeWriter();
    }

    private Reject Refusal(Hello hello)
    {
        if (_stopped)
            return new Reject(RejectReason.ShuttingDown, "this node is shutting down");
        if (_incarnations.IsDead(hello.From.Uid))
            return new Reject(RejectReason.Quarantined, "this incarnation has been given up; restart the node");
        if (_incarnations.Current == hello.From.Uid && hello.Call <= _peerCalls)
            return new Reject(RejectReason.Simultaneous, "a call that was given up meanwhile");
        if (_attempt is not null && string.CompareOrdinal(_hub.Self.Address.ToString(), Address.ToString()) < 0)
            return new Reject(RejectReason.Simultaneous, "we are calling each other; the smaller address calls");
        return null;
    }

    private static bool Refuse(Connection connection, Reject reject)
    {
        try
        {
            Handshake.Write(connection.Writer, reject);
            connection.Write(connection.Writer.Written);
        }
        catch (Exception e) when (Connector.IsNetworkError(e))
        {
            // It does not wait for the answer.
        }
        return false;
    }

    /// <summary>Under the state lock. Returns the incarnation that this one has replaced.</summary>
    private int? Establish(Connection connection, int uid)
    {
        if (_incarnations.Current != uid)
        {
            ForgetSystemMessages();
            _peerCalls = 0;
        }
        _peerCalls = Math.Max(_peerCalls, connection.PeerCalls);
        var replaced = _incarnations.Learn(uid);
        _quarantined = false;
        connection.Peer = new NodeIdentity(Address, uid);
        _connection = connection;
        _lastConnection = connection;
        _failures = 0;
        Volatile.Write(ref _gateOpens, 0);
        return replaced;
    }

    private void AfterEstablished(Connection connection, int? replaced)
    {
        if (replaced is { } uid)
            _hub.OnIncarnationDead(Address, uid);
        _hub.Publish(new AssociatedEvent(_hub.Self.Address, Address, connection.IsInbound));
        _hub.LogLifecycle("Connected with [{0}] (uid {1}, {2})", Address, connection.Peer.Uid, connection.IsInbound ? "it called" : "we called");
        WakeWriter();
    }

    private void ForgetSystemMessages()
    {
        lock (_outbox)
            _outbox.Reset();
        _inbox.Reset();
    }

    private void CloseGate(TimeSpan pause) =>
        Volatile.Write(ref _gateOpens, Stopwatch.GetTimestamp() + (long)(pause.TotalSeconds * Stopwatch.Frequency));

    private void WakeWriter()
    {
        _wake.Set();
        Interlocked.MemoryBarrier(); // pairs with the one in WriterLoop: one of us two sees what the other wrote
        if (Volatile.Read(ref _hasWriter) != 0 || _stopped || Interlocked.Exchange(ref _hasWriter, 1) != 0)
            return;
        new Thread(WriterLoop) { IsBackground = true, Name = $"akka.remote-write {Address}" }.Start();
    }

    private void WriterLoop()
    {
        while (!_stopped)
        {
            if (_wake.Wait(IdleThread))
            {
                _wake.Reset();
                Work();
            }
            else if (_connection is null)
            {
                Volatile.Write(ref _hasWriter, 0);
                Interlocked.MemoryBarrier();
                if (!_wake.IsSet || Interlocked.Exchange(ref _hasWriter, 1) != 0)
                    return;
            }
        }
        GiveUp(systemToo: true);
    }

    private void Work()
    {
        while (!_stopped)
        {
            if (_purge && !GiveUp(systemToo: true))
                return;
            if (!HasWork)
                return;
            var failed = (Exception)null;
            switch (Connect(out var connection))
            {
                case Connecting.Connected:
                    if (!_drain.TryAcquire())
                        return; // the holder wakes us when it leaves something behind
                    try
                    {
                        _drain.Run(connection);
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
                    Progress?.Invoke();
                    if (failed is not null)
                        OnConnectionLost(connection, failed);
                    break;
                case Connecting.Busy:
                    Pause(FirstPause);
                    break;
                case Connecting.Gated:
                    if (!WaitAtGate())
                        return;
                    break;
            }
        }
    }

    /// <summary>False when nothing is left to wait for.</summary>
    private bool WaitAtGate()
    {
        _drain.ForgetControl();
        GiveUp(systemToo: false);
        if (!HasWork)
            return false;
        if (Stopwatch.GetElapsedTime(_unreachableSince) > _hub.Settings.SystemMessageTimeout)
        {
            Quarantine(Incarnation, $"it could not be reached for {_hub.Settings.SystemMessageTimeout} while system messages waited for it");
            return true;
        }
        Pause(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), Volatile.Read(ref _gateOpens)));
        return true;
    }

    private void Pause(TimeSpan time)
    {
        if (time > TimeSpan.Zero && _wake.Wait(time))
            _wake.Reset();
    }

    /// <summary>False when a sender holds the drain; it wakes this thread afterwards.</summary>
    private bool GiveUp(bool systemToo)
    {
        if (!_drain.TryAcquire())
            return false;
        if (systemToo)
            _purge = false;
        _drain.GiveUp(systemToo, outgoing =>
        {
            if (!outgoing.IsSystem)
                _hub.DeadLetter(outgoing.Message, outgoing.Sender, outgoing.Recipient);
        });
        _drain.Release();
        Progress?.Invoke();
        return true;
    }

    private Connecting Connect(out Connection connection)
    {
        ConnectAttempt attempt;
        Connection last;
        lock (_state)
        {
            connection = _connection;
            if (connection is not null)
                return Connecting.Connected;
            if (_accepting > 0)
                return Connecting.Busy;
            if (_stopped || IsGated)
                return Connecting.Gated;
            attempt = _attempt = new ConnectAttempt(++_calls);
            last = _lastConnection;
        }
        last?.ReaderDone.Wait(); // what it brought comes first

        Connection opened = null;
        var failure = (Exception)null;
        try
        {
            opened = Connector.Open(_hub, Address, attempt);
        }
        catch (Exception e) when (Connector.IsConnectFailure(e))
        {
            failure = e;
        }

        int? replaced = null;
        lock (_state)
        {
            if (!ReferenceEquals(_attempt, attempt))
            {
                opened?.Dispose();
                return Connecting.Busy; // the other side's call came first, or we were stopped
            }
            _attempt = null;
            if (opened is not null && _incarnations.IsDead(opened.Peer.Uid))
                failure = new ConnectionRefusedException(RejectReason.Quarantined, "it is the incarnation that was given up", byUs: true);
            if (failure is null)
                replaced = Establish(opened, opened.Peer.Uid);
        }
        if (failure is not null)
        {
            opened?.Dispose();
            return OnConnectFailed(failure);
        }
        connection = opened;
        AfterEstablished(opened, replaced);
        new Thread(() => InboundReader.Run(_hub, this, opened)) { IsBackground = true, Name = $"akka.remote-read {Address}" }.Start();
        return Connecting.Connected;
    }

    private Connecting OnConnectFailed(Exception failure)
    {
        if (failure is ConnectionRefusedException { Reason: RejectReason.Simultaneous })
            return Connecting.Busy;
        if (_failures++ == 0)
        {
            _unreachableSince = Stopwatch.GetTimestamp();
            _hub.Log.Warning("Cannot connect to [{0}]: {1} Messages to it go to the dead letters until it can be reached.", Address, Sentence(failure.Message));
        }
        var pause = FirstPause * Math.Pow(2, Math.Clamp(_failures - ShortPauses, 0, 20));
        CloseGate(pause < _hub.Settings.RetryGate ? pause : _hub.Settings.RetryGate);
        _hub.Publish(new AssociationErrorEvent(failure, _hub.Self.Address, Address, false, LogLevel.WarningLevel));
        if (failure is ConnectionRefusedException { Reason: RejectReason.Quarantined, ByUs: false })
            _hub.OnQuarantinedBy(Address);
        return Connecting.Gated;
    }

    private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";
}
