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
