using System.Globalization;
using System.Text;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// The way to an actor from the root of its system: <c>akka://system/user/parent/child</c>. A uid (after <c>#</c>) tells
/// one incarnation of a name from the next; paths compare without it, references with it.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>, ISurrogated
{
    public const string ValidSymbols = "-_.*$+:@&=,!~';()";

    /// <summary>No uid: the path means whichever incarnation is there.</summary>
    internal const long UndefinedUid = 0;

    // Deeper trees than this come from hostile input only; it bounds what a path from the wire can cost.
    private const int MaxDepth = 256;

    private int _hash;

    internal ActorPath(Address address, string name)
    {
        Address = address;
        Name = name;
        Uid = UndefinedUid;
    }

    internal ActorPath(ActorPath parentPath, string name, long uid)
    {
        Address = parentPath.Address;
        ParentPath = parentPath;
        Depth = parentPath.Depth + 1;
        Name = name;
        Uid = uid;
    }

    private ActorPath ParentPath { get; }

    public Address Address { get; }

    public string Name { get; }

    public long Uid { get; }

    /// <summary>0 at the root.</summary>
    public int Depth { get; }

    /// <summary>The path above; the root's is the root.</summary>
    public ActorPath Parent => ParentPath ?? this;

    public ActorPath Root => ParentOf(0);

    /// <summary>The names below the root, outermost first; empty at the root.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var names = new string[Depth];
            for (var path = this; path.Depth > 0; path = path.ParentPath)
                names[path.Depth - 1] = path.Name;
            return names;
        }
    }

    /// <summary>The ancestor at <paramref name="depth"/> below the root; negative values count up from this path.</summary>
    public ActorPath ParentOf(int depth)
    {
        var wanted = Math.Max(0, depth >= 0 ? depth : Depth + depth);
        var path = this;
        while (path.Depth > wanted)
            path = path.ParentPath;
        return path;
    }

    public ActorPath Child(string childName) => this / childName;

    public ActorPath WithUid(long uid) =>
        uid == Uid || ParentPath is null ? this : new ChildActorPath(ParentPath, Name, uid);

    public static ActorPath operator /(ActorPath path, string name)
    {
        var (element, uid) = SplitUid(name);
        return new ChildActorPath(path, element.ToString(), uid);
    }

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) =>
        name.Where(element => !string.IsNullOrEmpty(element)).Aggregate(path, (parent, element) => parent / element);

    public string ToStringWithoutAddress() => Join(new StringBuilder());

    public string ToStringWithAddress() => ToStringWithAddress(Address);

    /// <summary>With <paramref name="address"/> instead of the own one, unless the own one already names a host.</summary>
    public string ToStringWithAddress(Address address) => Join(new StringBuilder(Effective(address).ToString()));

    public string ToStringWithUid() => AppendUid(ToStringWithAddress());

    public string ToSerializationFormat() => ToStringWithUid();

    public string ToSerializationFormatWithAddress(Address address) => AppendUid(ToStringWithAddress(address));

    public override string ToString() => ToStringWithAddress();

    public ISurrogate ToSurrogate(ActorSystem system) => new HeldSurrogate(this);

    public bool Equals(ActorPath other)
    {
        if (other is null || Depth != other.Depth)
            return false;
        var mine = this;
        while (!ReferenceEquals(mine, other))
        {
            if (mine.Name != other.Name)
                return false;
            if (mine.ParentPath is null)
                return mine.Address.Equals(other.Address);
            mine = mine.ParentPath;
            other = other.ParentPath;
        }
        return true;
    }

    public override bool Equals(object obj) => Equals(obj as ActorPath);

    public override int GetHashCode()
    {
        if (_hash == 0)
        {
            var parent = ParentPath is null ? Address.GetHashCode() : ParentPath.GetHashCode();
            _hash = HashCode.Combine(parent, Name.GetHashCode(StringComparison.Ordinal)) | 1;
        }
        return _hash;
    }

    public int CompareTo(ActorPath other)
    {
        if (other is null)
            return 1;
        var byAddress = Address.CompareTo(other.Address);
        return byAddress != 0 ? byAddress : string.CompareOrdinal(ToStringWithoutAddress(), other.ToStringWithoutAddress());
    }

    public static bool operator ==(ActorPath left, ActorPath right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath left, ActorPath right) => !(left == right);

    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    /// <summary>Whether <paramref name="s"/> can name an actor: letters, digits, <see cref="ValidSymbols"/>, %hh; not starting with $.</summary>
    public static bool IsValidPathElement(string s)
    {
        if (string.IsNullOrEmpty(s) || s[0] == '$')
            return false;
        for (var i = 0; i < s.Length; i++)
        {
            var c = s[i];
            if (char.IsAsciiLetterOrDigit(c) || ValidSymbols.Contains(c))
                continue;
            if (c != '%' || i + 2 >= s.Length || !char.IsAsciiHexDigit(s[i + 1]) || !char.IsAsciiHexDigit(s[i + 2]))
                return false;
            i += 2;
        }
        return true;
    }

    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed
            : throw new UriFormatException($"'{path}' is not an actor path such as akka://system/user/name.");

    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null;
        return Address.TryParse(path.AsSpan(), out var address, out var rest)
            && TryParse(new RootActorPath(address), rest, out actorPath);
    }

    public static bool TryParse(ActorPath basePath, string absoluteUri, out ActorPath actorPath) =>
        TryParse(basePath, absoluteUri.AsSpan(), out actorPath);

    /// <summary>Appends <c>/a/b#1</c> to <paramref name="basePath"/>.</summary>
    public static bool TryParse(ActorPath basePath, ReadOnlySpan<char> absoluteUri, out ActorPath actorPath)
    {
        actorPath = null;
        if (absoluteUri.IsEmpty || absoluteUri[0] != '/')
            return false;
        var path = basePath;
        foreach (var range in absoluteUri.Split('/'))
        {
            var element = absoluteUri[range];
            if (element.IsEmpty)
                continue;
            var (name, uid) = SplitUid(element);
            if (name.IsEmpty || uid < 0 || path.Depth >= MaxDepth)
                return false;
            path = new ChildActorPath(path, name.ToString(), uid);
        }
        actorPath = path;
        return true;
    }

    public static bool TryParseAddress(string path, out Address address) => Address.TryParse(path.AsSpan(), out address);

    public static bool TryParseAddress(string path, out Address address, out ReadOnlySpan<char> absoluteUri) =>
        Address.TryParse(path.AsSpan(), out address, out absoluteUri);

    /// <summary>Cuts <c>protocol://authority/rest</c> before the slash of the rest.</summary>
    public static bool TryParseParts(ReadOnlySpan<char> path, out ReadOnlySpan<char> address, out ReadOnlySpan<char> absoluteUri)
    {
        address = default;
        absoluteUri = default;
        var colon = path.IndexOf("://");
        if (colon <= 0)
            return false;
        foreach (var c in path[..colon])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '+' or '-'))
                return false;
        var slash = path[(colon + 3)..].IndexOf('/');
        address = slash < 0 ? path : path[..(colon + 3 + slash)];
        absoluteUri = slash < 0 ? "/" : path[(colon + 3 + slash)..];
        return address.Length > colon + 3;
    }

    /// <summary>Splits <c>name#uid</c>; the uid is -1 when what follows # is not a number.</summary>
    internal static SplitName SplitUid(ReadOnlySpan<char> element)
    {
        var hash = element.IndexOf('#');
        if (hash < 0)
            return new SplitName(element, UndefinedUid);
        var valid = long.TryParse(element[(hash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var uid);
        return new SplitName(element[..hash], valid ? uid : -1);
    }

    private Address Effective(Address address) => Address.HasLocalScope && address is not null ? address : Address;

    private string Join(StringBuilder text)
    {
        if (Depth == 0)
            return text.Append('/').Append(Name).ToString();
        foreach (var element in Elements)
            text.Append('/').Append(element);
        return text.ToString();
    }

    private string AppendUid(string text) =>
        Uid == UndefinedUid ? text : text + "#" + Uid.ToString(CultureInfo.InvariantCulture);
}

internal readonly ref struct SplitName(ReadOnlySpan<char> name, long uid)
{
    private readonly ReadOnlySpan<char> _name = name;

    public void Deconstruct(out ReadOnlySpan<char> name, out long uid2)
    {
        name = _name;
        uid2 = uid;
    }
}
