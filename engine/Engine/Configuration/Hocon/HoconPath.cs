using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Dotted paths; a quoted part may hold dots: <c>a."x.y".b</c>.</summary>
internal static class HoconPath
{
    public static List<string> Split(string path)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var quoted = false;
        var anyQuote = false;
        foreach (var c in path)
        {
            if (c == '"')
            {
                quoted = !quoted;
                anyQuote = true;
            }
            else if (c == '.' && !quoted)
            {
                Add();
            }
            else
            {
                part.Append(c);
            }
        }
        if (quoted)
            throw new ConfigurationException($"The path '{path}' lacks its closing quote.");
        Add();
        return parts;

        void Add()
        {
            var text = anyQuote ? part.ToString() : part.ToString().Trim();
            if (text.Length == 0 && !anyQuote)
                throw new ConfigurationException($"The path '{path}' has an empty part.");
            parts.Add(text);
            part.Clear();
            anyQuote = false;
        }
    }

    /// <summary>The node at the end of the path; null when there is none, or a null.</summary>
    public static HoconNode Find(HoconObject root, string path)
    {
        HoconNode node = root;
        // Most paths have no quote: those need no list of parts.
        if (!path.Contains('"'))
        {
            foreach (var range in path.AsSpan().Split('.'))
            {
                if (node is not HoconObject level)
                    return null;
                var lookup = level.Fields.GetAlternateLookup<ReadOnlySpan<char>>();
                if (!lookup.TryGetValue(path.AsSpan()[range], out node))
                    return null;
            }
        }
        else
        {
            foreach (var part in Split(path))
            {
                if (node is not HoconObject level || !level.Fields.TryGetValue(part, out node))
                    return null;
            }
        }
        return node is HoconScalar { Text: null } ? null : node;
    }
}
