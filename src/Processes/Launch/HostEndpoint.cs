using System.Globalization;
using System.Net;

namespace ActorCompute.Processes;

/// <summary>A host and a port, as <c>HOST:PORT</c>, an IPv6 address in brackets.</summary>
public sealed record HostEndpoint(string Host, int Port)
{
    /// <summary>Any free port on this machine, for processes that live on it alone.</summary>
    public static HostEndpoint Loopback { get; } = new("127.0.0.1", 0);

    /// <summary>Reads <c>HOST:PORT</c>.</summary>
    /// <exception cref="InputException">It is not a HOST:PORT address.</exception>
    public static HostEndpoint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "" : text[..colon].Trim('[', ']');
        if (!IsHost(host))
        {
            throw new InputException($"'{text}' is not a HOST:PORT address; an example is 127.0.0.1:4053.");
        }

        return int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? new(host, port)
            : throw new InputException($"'{text[(colon + 1)..]}' in '{text}' is not a port; ports are 1 to 65535.");
    }

    /// <summary>Reads one or more, separated by commas.</summary>
    /// <exception cref="InputException">One of them is not a HOST:PORT address.</exception>
    public static IReadOnlyList<HostEndpoint> ParseList(string text) => [.. text.Split(',').Select(Parse)];

    /// <summary>Names and IPv4 addresses of plain letters are checked here; <see cref="Uri"/>, which knows the rest, takes long to load.</summary>
    private static bool IsHost(string host)
    {
        const int longestName = 253;
        const int longestLabel = 63;
        var label = 0;
        foreach (var c in host)
        {
            if (char.IsAsciiLetterOrDigit(c) || (c == '-' && label > 0)) label++;
            else if (c == '.' && label is > 0 and <= longestLabel) label = 0;
            else return IsUncommonHost(host);
        }

        return (label is > 0 and <= longestLabel && host.Length <= longestName) || IsUncommonHost(host);
    }

    private static bool IsUncommonHost(string host) => host.Length > 0 && Uri.CheckHostName(host) != UriHostNameType.Unknown;

    /// <summary>The host as it stands in the addresses of actor systems: of IPv6 the short form, in brackets.</summary>
    public string AddressHost => !Host.Contains(':', StringComparison.Ordinal) ? Host : $"[{(IPAddress.TryParse(Host, out var address) ? address : Host)}]";

    /// <summary>From an address of an actor system.</summary>
    public static HostEndpoint OfAddress(string host, int port) => new(host.Trim('[', ']'), port);

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
