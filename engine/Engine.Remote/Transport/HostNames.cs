using System.Net;
using System.Net.Sockets;

namespace Akka.Remote.Transport;

internal static class HostNames
{
    /// <summary>The addresses of a host, those of the preferred family first.</summary>
    public static IEnumerable<IPAddress> Resolve(string host, bool preferIPv6)
    {
        if (IPAddress.TryParse(host, out var literal))
            return [literal];
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase))
            return preferIPv6 ? [IPAddress.IPv6Loopback, IPAddress.Loopback] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
        var preferred = preferIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        return Dns.GetHostAddresses(host).OrderBy(ip => ip.AddressFamily == preferred ? 0 : 1);
    }
}
