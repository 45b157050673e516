using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Remoting.Transport;

/// <summary>Opens the socket that peers call.</summary>
internal static class ListeningSocket
{
    /// <summary>Listens on one address of this machine, never on all.</summary>
    /// <exception cref="SocketException">It cannot; <see cref="Listening"/> makes a sentence of it.</exception>
    public static Socket Open(string host, int port, int backlog)
    {
        if (NameResolver.Resolve(host) is not [var address, ..] || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            throw new SocketException((int)SocketError.AddressNotAvailable);
        }

        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Windows would let a second program listen on the same port. On Unix .NET sets SO_REUSEADDR for TCP: connections that
            // ended lately do not keep a seed from its port, another listener does.
            if (OperatingSystem.IsWindows()) socket.ExclusiveAddressUse = true;
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(backlog);
            socket.Blocking = false;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The name under which others know the system that listens there.</summary>
    /// <exception cref="SocketException">The host has characters that no address has.</exception>
    public static PeerAddress AddressOf(Socket socket, string system, string host)
    {
        var endpoint = (IPEndPoint)socket.LocalEndPoint!;
        // As Akka.NET reads it from an address: IPv6 in its short form, in brackets.
        var name = IPAddress.TryParse(host.Trim('[', ']'), out var literal) && literal.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{literal}]" : host;
        return PeerAddress.TryParse($"{system}@{name}:{endpoint.Port}") ?? throw new SocketException((int)SocketError.AddressNotAvailable);
    }
}
