namespace Akka.Configuration.Hocon;

/// <summary>Replaces substitutions by the values they name and joins concatenations. Cycles are errors.</summary>
internal sealed class HoconResolver
{
    // A document can name a value twice in a value it names twice ...: the limit ends such doubling early.
    private const int MaxNodes = 100_000;

    private readonly HoconObject _root;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _nodes;

    private HoconResolver(HoconObject root) => _root = root;

    public static HoconObject Resolve(HoconObject root) => new HoconResolver(root).Object(root);

    /// <summary>The resolved node; null for an optional substitution of something that is not there.</summary>
    private HoconNode Node(HoconNode node)
    {
        if (++_nodes > MaxNodes)
            throw Error(node, $"its substitutions make the document larger than {MaxNodes} values");
        switch (node)
        {
            case HoconObject value:
                return Object(value);
            case HoconArray array:
                return new HoconArray([.. array.Items.Select(Node).Where(item => item is not null)]) { Line = array.Line };
            case HoconSubstitution substitution:
                return Substitute(substitution);
            case HoconExpression expression:
                return Join(expression);
            case HoconOverride over:
                var later = Node(over.Later);
                return later switch
                {
                    null => Node(over.Earlier),
                    HoconObject top when Node(over.Earlier) is HoconObject under => HoconObject.Overlay(top, under),
                    _ => later,
                };
            default:
                return node;
        }
    }

    private HoconObject Object(HoconObject value)
    {
        var result = new HoconObject { Line = value.Line };
        foreach (var (key, field) in value.Fields)
        {
            if (Node(field) is { } resolved)
                result.Fields[key] = resolved;
        }
        return result;
    }

    private HoconNode Substitute(HoconSubstitution substitution)
    {
        if (!_open.Add(substitution.Path))
            throw Error(substitution, $"'${{{substitution.Path}}}' refers to itself");
        var target = Find(substitution);
        var result = target is null ? null : Node(target);
        _open.Remove(substitution.Path);
        if (result is null && !substitution.Optional)
            throw Error(substitution, $"'${{{substitution.Path}}}' names nothing in this document");
        return result;
    }

    private HoconNode Find(HoconSubstitution substitution)
    {
        HoconNode node = _root;
        foreach (var part in HoconPath.Split(substitution.Path))
        {
            // On the way a value may itself be an expression that has to be resolved to be looked into.
            if (node is HoconExpression or HoconSubstitution or HoconOverride)
                node = Node(node);
            if (node is not HoconObject level || !level.Fields.TryGetValue(part, out node))
                return null;
        }
        return node;
    }

    private HoconNode Join(HoconExpression expression)
    {
        var parts = expression.Parts.Select(Node).Where(part => part is not null).ToList();
        var solid = parts.Where(part => part is not HoconScalar scalar || scalar.Quoted || !string.IsNullOrWhiteSpace(scalar.Text)).ToList();
        if (solid.Count == 0)
            return null;
        if (solid.TrueForAll(part => part is HoconObject))
            return solid.Cast<HoconObject>().Aggregate((under, over) => HoconObject.Overlay(over, under));
        if (solid.TrueForAll(part => part is HoconArray))
            return new HoconArray([.. solid.Cast<HoconArray>().SelectMany(array => array.Items)]) { Line = expression.Line };
        if (!solid.TrueForAll(part => part is HoconScalar))
            throw Error(expression, "strings, arrays and objects cannot be concatenated with each other");
        var text = string.Concat(parts.Cast<HoconScalar>().Select(scalar => scalar.Text ?? "null"));
        if (text.Length > MaxNodes * 10)
            throw Error(expression, "the concatenated string is too long");
        var quoted = solid.Exists(part => ((HoconScalar)part).Quoted);
        return new HoconScalar(quoted ? text : text.Trim(), quoted) { Line = expression.Line };
    }

    private static ConfigurationException Error(HoconNode node, string problem) => new($"HOCON, line {node.Line}: {problem}.");
}
