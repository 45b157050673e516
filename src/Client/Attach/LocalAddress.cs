using System.Net;
using System.Net.Sockets;
using ActorCompute.Messages;
using ActorCompute.Processes;

namespace ActorCompute.Client.Attach;

/// <summary>The address under which others reach this machine.</summary>
internal static class LocalAddress
{
    /// <summary>The address that packets towards an endpoint leave from. Connecting a UDP socket sends nothing; it only asks the routing table.</summary>
    public static string Towards(HostEndpoint endpoint)
    {
        // Loopback needs no lookup.
        if (endpoint.Host is "127.0.0.1" or "localhost") return HostEndpoint.Loopback.Host;
        SocketException? last = null;
        foreach (var address in AddressesOf(endpoint.Host))
        {
            try
            {
                using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                socket.Connect(address, endpoint.Port);
                return ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();
            }
            catch (SocketException e)
            {
                last = e;
            }
        }

        throw new ClusterUnavailableException($"{endpoint.Host} cannot be reached: {last?.Message ?? "it has no address."}");
    }

    // IPv4 first, as the transport calls them.
    private static IEnumerable<IPAddress> AddressesOf(string host)
    {
        if (IPAddress.TryParse(host, out var literal)) return [literal];
        try
        {
            return Dns.GetHostAddresses(host).OrderBy(address => address.AddressFamily != AddressFamily.InterNetwork);
        }
        catch (SocketException e)
        {
            throw new ClusterUnavailableException($"{host} cannot be reached: {e.Message}");
        }
    }
}
