namespace Akka.Configuration.Hocon;

/// <summary>Exists between parsing and resolving only: parts that stand side by side.</summary>
internal sealed class HoconExpression(List<HoconNode> parts) : HoconNode
{
    public List<HoconNode> Parts { get; } = parts;

    /// <summary>
    /// Sets a field while parsing. What an object or an unresolved value is set over must not be lost before the
    /// resolver knows whether the two merge, so both are kept as parts.
    /// </summary>
    public static void Define(HoconObject target, string key, HoconNode value)
    {
        if (!target.Fields.TryGetValue(key, out var earlier) || value is HoconScalar or HoconArray)
        {
            target.Fields[key] = value;
            return;
        }
        if (value is HoconObject over && earlier is HoconObject under)
        {
            var merged = new HoconObject { Line = over.Line };
            foreach (var (name, field) in under.Fields)
                merged.Fields[name] = field;
            foreach (var (name, field) in over.Fields)
                Define(merged, name, field);
            target.Fields[key] = merged;
            return;
        }
        target.Fields[key] = new HoconOverride(earlier, value) { Line = value.Line };
    }
}

/// <summary>Exists between parsing and resolving only: <see cref="Later"/> was set over <see cref="Earlier"/>.</summary>
internal sealed class HoconOverride(HoconNode earlier, HoconNode later) : HoconNode
{
    public HoconNode Earlier { get; } = earlier;

    public HoconNode Later { get; } = later;
}

/// <summary>Exists between parsing and resolving only: <c>${path}</c> or <c>${?path}</c>.</summary>
internal sealed class HoconSubstitution(string path, bool optional) : HoconNode
{
    public string Path { get; } = path;

    public bool Optional { get; } = optional;
}
