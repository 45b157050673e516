using System.Globalization;

namespace ActorCompute;

/// <summary>The comparers of dictionaries and sets that can be made again in another process, by name.</summary>
internal static class KeyComparers
{
    private const string Ordinal = "Ordinal";
    private const string OrdinalIgnoreCase = "OrdinalIgnoreCase";

    /// <summary>The comparer's name; null for the one that a collection has by itself.</summary>
    /// <exception cref="ValueRefusedException">It exists in this process only.</exception>
    public static string? NameOf<TKey>(object comparer, Type collection)
    {
        if (comparer.Equals(EqualityComparer<TKey>.Default) || comparer.Equals(Comparer<TKey>.Default)) return null;
        if (comparer is IEqualityComparer<string?> text)
        {
            if (StringComparer.IsWellKnownOrdinalComparer(text, out var ignoreCase)) return ignoreCase ? OrdinalIgnoreCase : Ordinal;
            if (StringComparer.IsWellKnownCultureAwareComparer(text, out var info, out var options)) return string.Create(CultureInfo.InvariantCulture, $"{(int)options}:{info.Name}");
        }

        throw Refused(comparer, collection);
    }

    public static ValueRefusedException Refused(object comparer, Type collection) => new(
        $"the comparer of this {TypeNames.Of(collection)}, {TypeNames.Of(comparer.GetType())}, exists in this process only; use a StringComparer with string keys in a Dictionary, SortedDictionary, HashSet or SortedSet, or pass the elements as a list");

    /// <exception cref="FormatException">It is no such name, or this process has no such culture.</exception>
    public static StringComparer? Find(string? name)
    {
        switch (name)
        {
            case null: return null;
            case Ordinal: return StringComparer.Ordinal;
            case OrdinalIgnoreCase: return StringComparer.OrdinalIgnoreCase;
        }

        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !int.TryParse(name.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var options)) throw new FormatException($"'{name}' is no comparer.");
        try
        {
            return StringComparer.Create(CultureInfo.GetCultureInfo(name[(colon + 1)..]), (CompareOptions)options);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"a comparer of the culture '{name[(colon + 1)..]}' cannot be had here: {e.Message}", e);
        }
    }
}
