using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Akka.Actor;
using Akka.Remote.Transport.Tls;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>An attempt to connect; disposing it makes it fail at once, from any thread.</summary>
internal sealed class ConnectAttempt(uint call) : IDisposable
{
    private readonly Lock _lock = new();
    private IDisposable _socket;
    private bool _cancelled;

    /// <summary>Counts the attempts of this association.</summary>
    public uint Call => call;

    public bool IsCancelled
    {
        get
        {
            lock (_lock)
                return _cancelled;
        }
    }

    /// <summary>What blocks the attempt now.</summary>
    public void Use(IDisposable socket)
    {
        lock (_lock)
        {
            _socket = socket;
            if (_cancelled)
                socket.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _cancelled = true;
            _socket?.Dispose();
        }
    }
}

/// <summary>Calls a node and shakes hands.</summary>
internal static class Connector
{
    public static Connection Open(RemoteHub hub, Address address, ConnectAttempt attempt)
    {
        using var timeout = hub.Timer.Once(hub.Settings.ConnectionTimeout, attempt.Dispose);
        var socket = Dial(hub.Settings, address, attempt);
        var connection = new Connection(socket, inbound: false);
        try
        {
            attempt.Use(connection);
            if (hub.Settings.Tls is { } tls)
                TlsHandshake.AsClient(connection, tls, address.Host);
            Handshake.Write(connection.Writer, new Hello(hub.Self, address, attempt.Call));
            connection.Write(connection.Writer.Written);
            connection.Writer.Clear();
            var kind = connection.Input.ReadFrame(connection, Handshake.MaximumFrame, out var body);
            switch (kind)
            {
                case FrameKind.Welcome:
                    var welcome = Handshake.ReadWelcome(body, address.Protocol);
                    if (!welcome.From.Address.Equals(address))
                        throw new WireFormatException($"[{welcome.From.Address}] answered in the place of [{address}]");
                    connection.Peer = welcome.From;
                    connection.PeerCalls = welcome.Calls;
                    return connection;
                case FrameKind.Reject:
                    var reject = Handshake.ReadReject(body);
                    throw new ConnectionRefusedException(reject.Reason, reject.Text, byUs: false);
                default:
                    throw new WireFormatException($"{kind} in answer to a hello");
            }
        }
        catch (Exception e)
        {
            connection.Dispose();
            connection.EndReading();
            if (attempt.IsCancelled && IsNetworkError(e))
                throw TimedOut(hub.Settings);
            if (hub.Settings.Tls is not null && IsNetworkError(e) && e is not TlsException && hub.AssociationWith(address).Incarnation is null)
                throw Unanswered(e);
            throw;
        }
    }

    public static bool IsNetworkError(Exception e) => e is SocketException or ObjectDisposedException or IOException or AuthenticationException;

    public static bool IsConnectFailure(Exception e) =>
        IsNetworkError(e) || e is WireFormatException or ProtocolVersionException or ConnectionRefusedException or ArgumentException;

    public static void Configure(Socket socket, RemoteSettings settings)
    {
        socket.NoDelay = true;
        if (settings.SendBufferSize > 0)
            socket.SendBufferSize = settings.SendBufferSize;
        if (settings.ReceiveBufferSize > 0)
            socket.ReceiveBufferSize = settings.ReceiveBufferSize;
    }

    private static Socket Dial(RemoteSettings settings, Address address, ConnectAttempt attempt)
    {
        Exception last = null;
        foreach (var ip in HostNames.Resolve(address.Host, settings.UseIPv6))
        {
            var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                Configure(socket, settings);
                attempt.Use(socket);
                socket.Connect(new IPEndPoint(ip, address.Port.GetValueOrDefault()));
                return socket;
            }
            catch (Exception e) when (IsNetworkError(e))
            {
                socket.Dispose();
                if (attempt.IsCancelled)
                    throw TimedOut(settings);
                last = e;
            }
        }
        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>
    /// With TLS 1.3 a node looks at its caller's certificate after the caller is done: refused, it learns that as a connection
    /// that ends. A node that has answered before just went away.
    /// </summary>
    private static TlsException Unanswered(Exception e) => new(
        $"it ended the connection before it answered ({e.Message}): it does not speak TLS (akka.remote.dot-netty.tcp.enable-ssl), "
        + "or does not accept this node's certificate; its log says which");

    private static IOException TimedOut(RemoteSettings settings) => new(
        $"no answer within {settings.ConnectionTimeout.TotalSeconds} s (akka.remote.dot-netty.tcp.connection-timeout), or overtaken by a call from there");
}

/// <summary>The other side, or we ourselves (<see cref="ByUs"/>), will not have this connection.</summary>
internal sealed class ConnectionRefusedException(RejectReason reason, string text, bool byUs) : Exception(text)
{
    public RejectReason Reason { get; } = reason;

    public bool ByUs { get; } = byUs;
}
