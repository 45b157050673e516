using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote;
using Akka.Remote.Transport;

namespace ActorCompute.Remoting.Transport;

/// <summary>
/// The transport of Akka.Remote between the processes of a cluster: TCP, or TLS over it, with a handshake under the cluster's
/// secret before anything reaches Akka.NET, and bounds on whatever a peer can make this process keep.
/// </summary>
/// <remarks>
/// Two threads, whatever the number of peers: the <em>door</em> for those who have proved nothing, and one for those who have. Both
/// sleep while nothing happens, and nothing waits for the thread pool. Akka.Remote makes it by reflection; see
/// <see cref="SocketTransportConfig"/>.
/// </remarks>
public sealed class SocketTransport : Akka.Remote.Transport.Transport
{
    /// <summary>The scheme of its addresses (<c>akka.tcp://</c>), with TLS and without.</summary>
    public const string Scheme = "tcp";

    private const int Backlog = 512;

    private readonly TransportOptions _options;
    private readonly ILoggingAdapter _log;
    private readonly PollLoop _door;
    private readonly PollLoop _peers;
    private readonly NameResolver _names = new();
    private readonly ReceiveChunk _chunk = new(ReceiveChunk.SharedSize);
    private readonly ReceiveBudget _receiveBudget;
    private readonly TaskCompletionSource<IAssociationEventListener> _listener = new();
    private readonly TaskCompletionSource<bool> _shutdown = new();

    // Of the door's thread.
    private readonly HashSet<Dial> _dials = [];
    private readonly KnownPeers _known;
    private bool _isForgetting;
    private HandshakeContext? _context;
    private Door? _entrance;

    // Of the peers' thread.
    private readonly HashSet<PeerConnection> _connections = [];
    private bool _isClosing;
    private bool _hasEnded;

    private int _isShutDown;

    /// <summary>For Akka.Remote.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="config">The transport's section.</param>
    public SocketTransport(ActorSystem system, Config config)
    {
        (System, Config, SchemeIdentifier) = (system, config, Scheme);
        _options = TransportOptions.Read(config);
        MaximumPayloadBytes = _options.MaximumFrameSize;
        _log = Logging.GetLogger(system, this);
        SendBudget = new(_options.SendQueueSize, _options.SendQueueTotal);
        _receiveBudget = new(_options.ReceiveTotal);
        _known = new(_options.ForgetMilliseconds);
        _door = new("actor-door", CreatePoller, OnFault);
        _peers = new("actor-sockets", CreatePoller, OnFault);
    }

    /// <summary>Whether it has threads.</summary>
    internal bool IsRunning => _door.IsAlive || _peers.IsAlive;

    /// <summary>What waits to be sent.</summary>
    internal SendBudget SendBudget { get; }

    /// <inheritdoc/>
    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        Socket? socket = null;
        try
        {
            socket = ListeningSocket.Open(_options.Hostname, _options.Port, Backlog);
            var self = ListeningSocket.AddressOf(socket, System.Name, _options.Hostname);
            var tls = _options.TlsPath.Length == 0 ? null : TlsIdentity.Load(_options.TlsPath, _options.TlsPassword, _options.TlsRoots);
            _door.Start();
            _peers.Start();
            _context = new(new(_options.Secret), new(self, AddressUidExtension.Uid(System)), tls, _options.HandshakeMilliseconds);
            var entrance = new Door(_door, socket, _context, _options.UnprovenConnections, new(_log, _options.RefusalLogMilliseconds), OnCaller);
            _entrance = entrance;
            // Callers wait in the backlog until there is somebody to tell of them.
            _listener.Task.ContinueWith(
                _ => _door.Post(entrance.Open), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return Task.FromResult((self.ToAddress(), _listener));
        }
        catch (Exception e)
        {
            socket?.Dispose();
            return Task.FromException<(Address, TaskCompletionSource<IAssociationEventListener>)>(e);
        }
    }

    /// <inheritdoc/>
    public override bool IsResponsibleFor(Address remote) => true;

    /// <inheritdoc/>
    public override Task<AssociationHandle> Associate(Address remoteAddress)
    {
        // Continues on the door's thread: what Akka.NET does there is a message to an actor, and the pool may be full.
        var promise = new TaskCompletionSource<AssociationHandle>();
        if (PeerAddress.From(remoteAddress) is { } called && _context is { } context) _door.Post(() => Call(called, context, promise));
        else promise.SetException(new SocketAssociationException(Refusal.Unreachable, $"{remoteAddress} is not the address of a peer"));
        return promise.Task;
    }

    /// <inheritdoc/>
    public override Task<bool> Shutdown()
    {
        if (Interlocked.Exchange(ref _isShutDown, 1) == 0)
        {
            if (_context is null) _shutdown.SetResult(true);
            else _door.Post(CloseDoor);
        }

        return _shutdown.Task;
    }

    private IPoller CreatePoller() => OperatingSystem.IsLinux() && !_options.UsesSelect ? new EpollPoller() : new SelectPoller();

    private void Call(PeerAddress called, HandshakeContext context, TaskCompletionSource<AssociationHandle> promise)
    {
        var dial = new Dial(_door, context, called, _options.ConnectMilliseconds, OnProven, OnFailed);
        _dials.Add(dial);
        _known.Begin(called);
        if (Volatile.Read(ref _isShutDown) == 1) dial.Fail(Refusal.ShuttingDown, null);
        else dial.Begin(_names);

        void OnProven(Dial dial, Approach approach, PeerIdentity peer)
        {
            _dials.Remove(dial);
            var association = Adopt(approach, peer);
            Ended(called);
            promise.SetResult(association);
        }

        void OnFailed(Dial dial, SocketAssociationException error)
        {
            _dials.Remove(dial);
            Ended(called);
            promise.SetException(error);
        }
    }

    private void OnCaller(Approach approach, PeerIdentity peer) => _listener.Task.Result.Notify(new InboundAssociation(Adopt(approach, peer)));

    /// <summary>From the door to the peers: a proven connection becomes an association.</summary>
    private SocketHandle Adopt(Approach approach, PeerIdentity peer)
    {
        _known.Begin(peer.Address);
        // TLS seals, and hides, each frame anyhow.
        var isTls = approach.Channel is TlsChannel;
        var chunk = isTls ? new ReceiveChunk(TlsChannel.ChunkSize) : _chunk;
        var queue = new SendQueue(isTls ? null : new(approach.Keys!.Send));
        var frames = new FrameReader(_options.MaximumFrameSize + TransportOptions.FrameOverhead, _receiveBudget, isTls ? null : new(approach.Keys!.Receive));
        var connection = new PeerConnection(
            approach.Channel, _peers, chunk, SendBudget, queue, frames, _options.LingerMilliseconds, (ended, fault) => OnClosed(ended, approach.Remote, peer, fault));
        _peers.Post(() =>
        {
            _connections.Add(connection);
            connection.Start();
            if (_isClosing) connection.End(DisassociateInfo.Shutdown, null);
        });
        return new(_context!.Self.Address.ToAddress(), peer.Address.ToAddress(), connection);
    }

    private void OnClosed(PeerConnection connection, string remote, PeerIdentity peer, string? fault)
    {
        if (fault is not null) _log.Warning("connection with {0} at {1} ended: {2}", peer.Address, remote, Printable.Text(fault));
        _connections.Remove(connection);
        _door.Post(() => Ended(peer.Address));
        if (_isClosing && _connections.Count == 0) End();
    }

    /// <summary>A connection with a peer, or an attempt at one, has ended; on the door's thread.</summary>
    private void Ended(PeerAddress peer)
    {
        _known.End(peer, Environment.TickCount64);
        ForgetLater();
    }

    private void ForgetLater()
    {
        if (_isForgetting || _known.Gone == 0) return;
        _isForgetting = true;
        _door.Schedule(Math.Max(1, _options.ForgetMilliseconds / 2), () =>
        {
            _isForgetting = false;
            foreach (var peer in _known.Forget(Environment.TickCount64)) StopEndpoint(peer);
            ForgetLater();
        });
    }

    /// <summary>
    /// Akka.Remote keeps an actor for each address it ever spoke to, for two days after the last word, and then quarantines who may
    /// still live. Every client and every worker's incarnation has an address of its own here, so a seed would grow with each.
    /// </summary>
    /// <remarks>By its name, which is Akka.Remote's own affair; a test sees whether it still is so. An address that is needed again gets a new one.</remarks>
    private void StopEndpoint(PeerAddress peer)
    {
        var name = WebUtility.UrlEncode(ProtocolAddressOf(peer));
        System.ActorSelection($"/system/endpointManager/reliableEndpointWriter-{name}-*").Tell(PoisonPill.Instance, ActorRefs.NoSender);
    }

    private static string ProtocolAddressOf(PeerAddress peer) => $"akka.{peer.ToAddress()}";

    private void CloseDoor()
    {
        _entrance?.Close();
        foreach (var dial in _dials.ToArray()) dial.Fail(Refusal.ShuttingDown, null);
        _peers.Post(ClosePeers);
    }

    private void ClosePeers()
    {
        _isClosing = true;
        if (_connections.Count == 0)
        {
            End();
            return;
        }

        // Their owners are ending them just now, each with a last word to its peer. Who has not by then does not.
        _peers.Schedule(_options.LingerMilliseconds, () =>
        {
            foreach (var connection in _connections.ToArray()) connection.End(DisassociateInfo.Shutdown, null);
            End();
        });
    }

    private void End()
    {
        if (_hasEnded) return;
        _hasEnded = true;
        _peers.Stop();
        _door.Stop();
        _shutdown.SetResult(true);
    }

    private void OnFault(Exception error) => _log.Error(error, "fault in the transport");
}
