using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Engine.Tests.Remote;

internal static class FreePort
{
    /// <summary>A port that nobody listens on now; the system hands out the same one again only after many others.</summary>
    public static int Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint).Port;
    }
}
