using System.Net;
using System.Net.Sockets;
using ActorCompute.Hosting;
using ActorCompute.Messages;

namespace ActorCompute.Client.Attach;

/// <summary>The address under which others reach this machine.</summary>
internal static class LocalAddress
{
    /// <summary>The address that packets towards an endpoint leave from. Connecting a UDP socket sends nothing; it only asks the routing table.</summary>
    public static string Towards(HostEndpoint endpoint)
    {
        // Nothing to ask for, as most often: a socket costs a command of a fifth of a second some hundredths of it.
        if (endpoint.Host == HostEndpoint.Loopback.Host) return endpoint.Host;
        try
        {
            using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(endpoint.Host, endpoint.Port);
            var address = ((IPEndPoint)socket.LocalEndPoint!).Address;
            return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        }
        catch (SocketException e)
        {
            throw new ClusterUnavailableException($"{endpoint.Host} cannot be reached: {e.Message}");
        }
    }
}
