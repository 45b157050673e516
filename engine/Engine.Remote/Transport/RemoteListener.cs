using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport.Tls;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>
/// The listening socket. Each caller gets a thread, which shakes hands and then reads; who has not said hello within a few
/// seconds, or says something else, is shown the door without anybody else noticing.
/// </summary>
internal sealed class RemoteListener : IDisposable
{
    /// <summary>A local attacker may open as many sockets as it likes; so many may be silent at a time.</summary>
    private const int MaximumStrangers = 256;

    private static readonly TimeSpan HelloWithin = TimeSpan.FromSeconds(5);

    private const string TlsEverywhere = "set akka.remote.dot-netty.tcp.enable-ssl on every node or on none";

    private readonly RemoteHub _hub;
    private readonly Socket _socket;
    private int _strangers;
    private volatile bool _stopped;

    private RemoteListener(RemoteHub hub, Socket socket, Address advertised)
    {
        _hub = hub;
        _socket = socket;
        Advertised = advertised;
    }

    /// <summary>What others call this node by.</summary>
    public Address Advertised { get; }

    public static RemoteListener Bind(RemoteHub hub)
    {
        var settings = hub.Settings;
        var host = settings.Hostname.Length > 0 ? settings.Hostname : HostNames.OwnName();
        IPAddress ip;
        try
        {
            ip = settings.Hostname.Length == 0 ? IPAddress.Any
                : HostNames.Resolve(settings.Hostname, settings.UseIPv6) is [var first, ..] ? first
                : throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw new RemoteTransportException($"Cannot listen on {host}:{settings.Port}: the host name cannot be resolved ({e.Message}).", e);
        }
        var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (OperatingSystem.IsWindows())
                socket.ExclusiveAddressUse = true; // elsewhere a second listener is refused anyway
            socket.Bind(new IPEndPoint(ip, settings.Port));
            socket.Listen(settings.Backlog);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            var why = e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? "the address is already in use by another process; choose another akka.remote.dot-netty.tcp.port, or 0 for any free one"
                : e.Message;
            throw new RemoteTransportException($"Cannot listen on {host}:{settings.Port}: {why}.", e);
        }
        var bound = (IPEndPoint)socket.LocalEndPoint!;
        return new RemoteListener(hub, socket, new Address(
            RemoteHub.Protocol,
            hub.System.Name,
            settings.PublicHostname.Length > 0 ? settings.PublicHostname : host,
            settings.PublicPort > 0 ? settings.PublicPort : bound.Port));
    }

    public void Start() =>
        new Thread(AcceptAll) { IsBackground = true, Name = $"akka.remote-accept {Advertised}" }.Start();

    public void Dispose()
    {
        _stopped = true;
        _socket.Dispose();
    }

    private void AcceptAll()
    {
        while (!_stopped)
        {
            Socket socket;
            try
            {
                socket = _socket.Accept();
            }
            catch (Exception e) when (Connector.IsNetworkError(e))
            {
                if (_stopped)
                    return;
                _hub.Log.Warning("Cannot accept a connection on [{0}]: {1}", Advertised, e.Message);
                Thread.Yield(); // out of descriptors: others need the processor to give some back
                continue;
            }
            if (Interlocked.Increment(ref _strangers) > MaximumStrangers)
            {
                Interlocked.Decrement(ref _strangers);
                socket.Dispose();
                continue;
            }
            new Thread(() => Serve(socket)) { IsBackground = true, Name = "akka.remote-read" }.Start();
        }
    }

    private void Serve(Socket socket)
    {
        var isStranger = true;
        Connection connection = null;
        try
        {
            Connector.Configure(socket, _hub.Settings);
            connection = new Connection(socket, inbound: true);
            var association = GreetInTime(connection);
            Interlocked.Decrement(ref _strangers);
            isStranger = false;
            if (association is not null)
                Associations.InboundReader.Run(_hub, association, connection);
        }
        catch (Exception e) when (Connector.IsConnectFailure(e))
        {
            if (!_stopped)
                _hub.Log.Warning("Closed a connection from {0}: {1}", connection?.EndPoint ?? "?", e.Message);
        }
        finally
        {
            if (isStranger)
                Interlocked.Decrement(ref _strangers);
            connection?.Dispose();
            connection?.EndReading();
            socket.Dispose();
        }
    }

    /// <summary>Null when the caller was turned away politely.</summary>
    private Associations.Association GreetInTime(Connection connection)
    {
        var within = _hub.Settings.Tls is null ? HelloWithin : _hub.Settings.ConnectionTimeout;
        var isLate = false;
        using var limit = _hub.Timer.Once(within, () =>
        {
            Volatile.Write(ref isLate, true);
            connection.Dispose();
        });
        try
        {
            if (_hub.Settings.Tls is { } tls)
                Secure(connection, tls);
            return Greet(connection);
        }
        catch (Exception e) when (Volatile.Read(ref isLate) && Connector.IsNetworkError(e))
        {
            throw new IOException($"it has not said hello within {within.TotalSeconds} s", e);
        }
        catch (WireFormatException) when (_hub.Settings.Tls is null && TlsHandshake.IsTls(connection.Input.Waiting))
        {
            throw new TlsException($"it speaks TLS and this node does not; {TlsEverywhere}");
        }
    }

    private void Secure(Connection connection, TlsSettings tls)
    {
        Span<byte> first = stackalloc byte[2];
        first = first[..connection.Peek(first)];
        if (first.Length > 0 && !TlsHandshake.IsTls(first))
        {
            connection.Input.Fill(connection); // with bytes unread, closing would take the answer away again
            Answer(connection, new Reject(RejectReason.Tls, $"TLS: [{Advertised}] speaks TLS only; {TlsEverywhere}"));
            throw new TlsException($"it does not speak TLS and this node does; {TlsEverywhere}");
        }
        TlsHandshake.AsServer(connection, tls);
    }

    private Associations.Association Greet(Connection connection)
    {
        var kind = connection.Input.ReadFrame(connection, Handshake.MaximumFrame, out var body);
        if (kind != FrameKind.Hello)
            throw new WireFormatException($"it began with a frame of kind {(byte)kind}");
        Hello hello;
        try
        {
            hello = Handshake.ReadHello(body, RemoteHub.Protocol);
        }
        catch (ProtocolVersionException e)
        {
            Answer(connection, new Reject(RejectReason.Version, e.Message));
            throw;
        }
        if (!hello.To.Equals(Advertised))
        {
            Answer(connection, new Reject(RejectReason.WrongAddress, $"this is [{Advertised}], not [{hello.To}]"));
            throw new WireFormatException($"[{hello.From.Address}] looks for [{hello.To}] here, this is [{Advertised}]");
        }
        if (hello.From.Address.Equals(Advertised))
            throw new WireFormatException($"it says that it is this node, [{Advertised}]");
        var association = _hub.AssociationWith(hello.From.Address);
        return association.Accept(connection, hello) ? association : null;
    }

    private static void Answer(Connection connection, Reject reject)
    {
        Handshake.Write(connection.Writer, reject);
        connection.Write(connection.Writer.Written);
    }
}

/// <summary>This node cannot be reached as it was configured.</summary>
internal sealed class RemoteTransportException(string message, Exception cause) : AkkaException(message, cause);
