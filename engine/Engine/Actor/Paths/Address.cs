using System.Globalization;
using Akka.Util;

namespace Akka.Actor;

/// <summary>Where an actor system lives: <c>akka://system</c> here, <c>akka.tcp://system@host:port</c> from elsewhere.</summary>
public sealed class Address : ICloneable, IEquatable<Address>, IComparable<Address>, IComparable, ISurrogated
{
    public static readonly Address AllSystems = new("akka", "all-systems");

    public static readonly IComparer<Address> Comparer = Comparer<Address>.Create(Compare);

    private readonly string _text;

    public Address(string protocol, string system, string host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
        _text = string.IsNullOrEmpty(Host) ? $"{Protocol}://{System}"
            : Port is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Protocol}://{System}@{Host}:{number}")
            : $"{Protocol}://{System}@{Host}";
    }

    public string Protocol { get; }

    public string System { get; }

    public string Host { get; }

    public int? Port { get; }

    /// <summary>Without a host: the address means "this system, from the inside".</summary>
    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    public bool HasGlobalScope => !HasLocalScope;

    public string HostPort() => _text[(Protocol.Length + 3)..];

    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    public Address WithHost(string host = null) => new(Protocol, System, host, Port);

    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    public object Clone() => new Address(Protocol, System, Host, Port);

    public ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);

    public override string ToString() => _text;

    public bool Equals(Address other) => ReferenceEquals(this, other) || (other is not null && _text == other._text);

    public override bool Equals(object obj) => Equals(obj as Address);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public int CompareTo(Address other) => Compare(this, other);

    int IComparable.CompareTo(object obj) =>
        obj is null or Address ? Compare(this, (Address)obj) : throw new ArgumentException($"{obj.GetType()} is not an Address.", nameof(obj));

    public static bool operator ==(Address left, Address right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Address left, Address right) => !(left == right);

    public static Address Parse(string address) =>
        TryParse(address, out var parsed) ? parsed
            : throw new FormatException($"'{address}' is not an address such as akka://system or akka.tcp://system@host:port.");

    public static bool TryParse(string path, out Address address) => TryParse(path.AsSpan(), out address);

    public static bool TryParse(string path, out Address address, out string absolutUri)
    {
        var found = TryParse(path.AsSpan(), out address, out var rest);
        absolutUri = found ? rest.ToString() : null;
        return found;
    }

    public static bool TryParse(ReadOnlySpan<char> span, out Address address) => TryParse(span, out address, out _);

    /// <summary>Splits <c>protocol://system@host:port/a/b#1</c> into the address and <c>/a/b#1</c> ("/" when nothing follows).</summary>
    public static bool TryParse(ReadOnlySpan<char> span, out Address address, out ReadOnlySpan<char> absolutUri)
    {
        address = null;
        absolutUri = default;
        if (!ActorPath.TryParseParts(span, out var authority, out var rest))
            return false;
        var colon = authority.IndexOf("://");
        var protocol = authority[..colon];
        var systemAndHost = authority[(colon + 3)..];
        var at = systemAndHost.IndexOf('@');
        var system = at < 0 ? systemAndHost : systemAndHost[..at];
        // Of up to five characters at a time: the search for more is compiled at its first use.
        if (system.IsEmpty || system.ContainsAny(" :[") || system.ContainsAny("]#?"))
            return false;
        string host = null;
        int? port = null;
        if (at >= 0 && !TryParseHost(systemAndHost[(at + 1)..], out host, out port))
            return false;
        address = new Address(protocol.ToString(), system.ToString(), host, port);
        absolutUri = rest;
        return true;
    }

    private static bool TryParseHost(ReadOnlySpan<char> text, out string host, out int? port)
    {
        host = null;
        port = null;
        // An IPv6 host carries its colons inside brackets.
        var hostEnd = text.StartsWith("[") ? text.IndexOf(']') + 1 : text.IndexOf(':');
        if (text.StartsWith("[") && hostEnd == 0)
            return false;
        if (hostEnd < 0)
            hostEnd = text.Length;
        if (hostEnd == 0 || text[..hostEnd].ContainsAny(" @#?"))
            return false;
        host = text[..hostEnd].ToString();
        if (hostEnd == text.Length)
            return true;
        if (text[hostEnd] != ':'
            || !int.TryParse(text[(hostEnd + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > 65535)
            return false;
        port = number;
        return true;
    }

    private static int Compare(Address left, Address right)
    {
        if (ReferenceEquals(left, right))
            return 0;
        if (left is null)
            return -1;
        if (right is null)
            return 1;
        var result = string.CompareOrdinal(left.Protocol, right.Protocol);
        if (result == 0)
            result = string.CompareOrdinal(left.System, right.System);
        if (result == 0)
            result = string.CompareOrdinal(left.Host ?? "", right.Host ?? "");
        return result != 0 ? result : (left.Port ?? 0).CompareTo(right.Port ?? 0);
    }
}
