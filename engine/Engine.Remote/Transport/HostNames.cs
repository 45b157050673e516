using System.Net;
using System.Net.Sockets;

namespace Akka.Remote.Transport;

internal static class HostNames
{
    /// <summary>The addresses of a host, those of the preferred family first.</summary>
    public static IPAddress[] Resolve(string host, bool preferIPv6)
    {
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase))
            return preferIPv6 ? [IPAddress.IPv6Loopback, IPAddress.Loopback] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
        return Literal(host) is { } literal ? [literal] : LookUp(host, preferIPv6);
    }

    public static string OwnName() => Dns.GetHostName();

    // Apart from what needs no name service, so that a process that asks none does not load what does.
    private static IPAddress[] LookUp(string host, bool preferIPv6)
    {
        var preferred = preferIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        return [.. Dns.GetHostAddresses(host).OrderBy(ip => ip.AddressFamily == preferred ? 0 : 1)];
    }

    /// <summary>
    /// The address that a host is written as, or null. Four plain numbers are read here: the framework's parser is compiled at its
    /// first use, which each process of a cluster would wait for at its start.
    /// </summary>
    private static IPAddress Literal(string host)
    {
        var address = 0L;
        var at = 0;
        for (var part = 0; part < 4; part++)
        {
            if (part > 0 && (at == host.Length || host[at++] != '.'))
                return Parse(host);
            var start = at;
            var value = 0;
            while (at < host.Length && at < start + 3 && char.IsAsciiDigit(host[at]))
                value = (value * 10) + (host[at++] - '0');
            // A leading zero means octal to some; the framework decides.
            if (at == start || value > byte.MaxValue || (host[start] == '0' && at > start + 1))
                return Parse(host);
            address |= (long)value << (8 * part);
        }
        return at == host.Length ? new IPAddress(address) : Parse(host);
    }

    private static IPAddress Parse(string host) => IPAddress.TryParse(host, out var address) ? address : null;
}
