using System.Buffers;
using System.Globalization;
using Akka.Actor;

namespace ActorCompute.Hosting.Transport;

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
        if (!text.AsSpan(0, at).ContainsAnyExcept(SystemCharacters) && IsHost(host)
            && digits is { Length: > 0 and <= 5 } and not ['0', ..] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
        {
            return new(text[..at], host, port);
        }

        return null;
    }

    /// <summary>In Akka.NET's form, with the scheme of the transport.</summary>
    public Address ToAddress() => new(SocketTransport.Scheme, System, Host, Port);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{System}@{Host}:{Port}");

    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    private static readonly SearchValues<char> SystemCharacters = SearchValues.Create(Letters);
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(Letters + ".");
    private static readonly SearchValues<char> Ipv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.%");

    private static bool IsHost(string host) => host is ['[', _, .., ']']
        ? !host.AsSpan(1, host.Length - 2).ContainsAnyExcept(Ipv6Characters)
        : !host.AsSpan().ContainsAnyExcept(NameCharacters);
}
