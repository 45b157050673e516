using System.Globalization;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// An immutable HOCON document. Missing paths give the default; values of the wrong form throw
/// <see cref="ConfigurationException"/> naming path, value and line.
/// </summary>
public class Config
{
    public static readonly Config Empty = new(new HoconObject());

    // What was there before any fallback came under it; only for showing.
    private readonly HoconObject _own;

    internal Config(HoconObject root)
        : this(root, root)
    {
    }

    private Config(HoconObject root, HoconObject own)
    {
        Root = root;
        _own = own;
    }

    internal HoconObject Root { get; }

    public virtual bool IsEmpty => Root.Fields.Count == 0;

    /// <summary>The values here, and where there is none, those of <paramref name="fallback"/>.</summary>
    public virtual Config WithFallback(Config fallback) =>
        fallback is null || fallback.IsEmpty || ReferenceEquals(this, fallback) ? this
            : IsEmpty ? fallback : new Config(HoconObject.Overlay(Root, fallback.Root), _own);

    public virtual bool HasPath(string path) => HoconPath.Find(Root, path) is not null;

    /// <summary>The object at the path; null when there is none.</summary>
    public virtual Config GetConfig(string path) => HoconPath.Find(Root, path) switch
    {
        null => null,
        HoconObject value => new Config(value),
        var node => throw Wrong(path, node, "an object"),
    };

    public virtual string GetString(string path, string @default = null) => Text(path, "a string") ?? @default;

    public virtual bool GetBoolean(string path, bool @default = false) =>
        Text(path, "a boolean") is not { } text ? @default
            : HoconUnits.ParseBoolean(text) ?? throw Wrong(path, "a boolean (on, off, true, false, yes, no)");

    public virtual int GetInt(string path, int @default = 0) =>
        Text(path, "a whole number") is not { } text ? @default
            : int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value
            : throw Wrong(path, "a whole number of 32 bits");

    public virtual long GetLong(string path, long @default = 0) =>
        Text(path, "a whole number") is not { } text ? @default
            : long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value
            : throw Wrong(path, "a whole number of 64 bits");

    public virtual double GetDouble(string path, double @default = 0) =>
        Text(path, "a number") is not { } text ? @default
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
            : throw Wrong(path, "a number");

    /// <summary>A duration such as <c>200ms</c> or <c>5 s</c>; <c>infinite</c> gives <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true)
    {
        if (Text(path, "a duration") is not { } text)
            return @default ?? TimeSpan.Zero;
        if (allowInfinite && text == "infinite")
            return Timeout.InfiniteTimeSpan;
        return HoconUnits.ParseDuration(text) ?? throw Wrong(path, "a duration such as 200ms, 5 s or 1m");
    }

    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    /// <summary>A size in bytes such as <c>128000b</c>, <c>256kB</c> (1000) or <c>4MiB</c> (1024).</summary>
    public virtual long? GetByteSize(string path, long? def = null) =>
        Text(path, "a size") is not { } text ? def
            : HoconUnits.ParseByteSize(text) ?? throw Wrong(path, "a size such as 128000b, 256kB or 4MiB");

    public virtual IList<string> GetStringList(string path) => GetStringList(path, []);

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => HoconPath.Find(Root, path) switch
    {
        null => defaultPaths,
        HoconArray array => [.. array.Items.Select(item => item is HoconScalar scalar ? scalar.Text : throw Wrong(path, item, "an array of strings"))],
        var node => throw Wrong(path, node, "an array of strings"),
    };

    public override string ToString() => ToString(includeFallback: false);

    /// <summary>As HOCON.</summary>
    public string ToString(bool includeFallback) => HoconPrinter.Print(includeFallback ? Root : _own);

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary>The keys of the object at the path, empty when there is none.</summary>
    internal IEnumerable<string> Keys(string path) =>
        HoconPath.Find(Root, path) is HoconObject value ? value.Fields.Keys : [];

    /// <summary>The config at the path, or an empty one.</summary>
    internal Config Section(string path) => GetConfig(path) ?? Empty;

    private string Text(string path, string expected) => HoconPath.Find(Root, path) switch
    {
        null => null,
        HoconScalar scalar => scalar.Text,
        var node => throw Wrong(path, node, expected),
    };

    private ConfigurationException Wrong(string path, string expected) => Wrong(path, HoconPath.Find(Root, path), expected);

    private static ConfigurationException Wrong(string path, HoconNode node, string expected)
    {
        var found = node switch
        {
            HoconScalar scalar => $"'{scalar.Text}'",
            HoconObject => "an object",
            _ => "an array",
        };
        var line = node.Line > 0 ? $" (line {node.Line})" : "";
        return new ConfigurationException($"{path}{line}: expected {expected}, found {found}.");
    }
}
