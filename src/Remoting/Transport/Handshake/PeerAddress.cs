using System.Globalization;
using Akka.Actor;

namespace ActorCompute.Remoting.Transport;

/// <summary>The name by which actor systems know each other: <c>system@host:port</c>, an IPv6 host in brackets.</summary>
/// <remarks>Only characters that are safe in a log and in an actor's path; anything else does not parse.</remarks>
internal sealed record PeerAddress(string System, string Host, int Port)
{
    /// <summary>Two of them and the rest fit into a handshake frame.</summary>
    public const int MaxLength = 384;

    /// <summary>From Akka.NET's form.</summary>
    /// <returns>Null for an address without host or port, or with characters that none of ours has.</returns>
    public static PeerAddress? From(Address address) =>
        TryParse(string.Create(CultureInfo.InvariantCulture, $"{address.System}@{address.Host}:{address.Port}"));

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <returns>Null for anything else.</returns>
    public static PeerAddress? TryParse(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var colon = text.LastIndexOf(':');
        if (text.Length > MaxLength || at < 1 || colon <= at + 1) return null;
        var host = text[(at + 1)..colon];
        var digits = text.AsSpan(colon + 1);
        if (!IsSystem(text.AsSpan(0, at)) || !IsHost(host) || digits is not { Length: > 0 and <= 5 } or ['0', ..]) return null;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535 ? new(text[..at], host, port) : null;
    }

    /// <summary>In Akka.NET's form, with the scheme of the transport.</summary>
    public Address ToAddress() => new(SocketTransport.Scheme, System, Host, Port);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{System}@{Host}:{Port}");

    // Loops, because the vectorized search of .NET takes long to load, and every process of a cluster waits for it.
    private static bool IsSystem(ReadOnlySpan<char> system)
    {
        foreach (var c in system)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) return false;
        }

        return true;
    }

    private static bool IsHost(string host)
    {
        var isIpv6 = host is ['[', _, .., ']'];
        foreach (var c in isIpv6 ? host.AsSpan(1, host.Length - 2) : host)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_') && !(isIpv6 && c is (':' or '%'))) return false;
        }

        return true;
    }
}
