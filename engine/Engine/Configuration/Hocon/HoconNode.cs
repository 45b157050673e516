namespace Akka.Configuration.Hocon;

/// <summary>A value of a parsed and resolved document. Line 0: the value was not read from text.</summary>
internal abstract class HoconNode
{
    public int Line { get; init; }
}

/// <summary>Text as it stood, without its quotes. A null text is the literal <c>null</c>.</summary>
internal sealed class HoconScalar(string text, bool quoted = false) : HoconNode
{
    public string Text { get; } = text;

    public bool Quoted { get; } = quoted;
}

internal sealed class HoconArray(List<HoconNode> items) : HoconNode
{
    public List<HoconNode> Items { get; } = items;
}

internal sealed class HoconObject : HoconNode
{
    public Dictionary<string, HoconNode> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Sets a field; an object set over an object merges into a new one, neither of the two changes.</summary>
    public void Merge(string key, HoconNode value)
    {
        Fields[key] = value is HoconObject over && Fields.TryGetValue(key, out var under) && under is HoconObject lower
            ? Overlay(over, lower) : value;
    }

    /// <summary>The fields of both; where both have one, <paramref name="over"/> wins and objects merge.</summary>
    public static HoconObject Overlay(HoconObject over, HoconObject under)
    {
        var merged = new HoconObject { Line = over.Line };
        foreach (var (key, value) in under.Fields)
            merged.Fields[key] = value;
        foreach (var (key, value) in over.Fields)
            merged.Merge(key, value);
        return merged;
    }
}
