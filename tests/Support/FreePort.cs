using System.Net;
using System.Net.Sockets;

namespace ActorCompute.Support;

/// <summary>Finds a port that nobody listens on, for what must be known before its owner starts.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
