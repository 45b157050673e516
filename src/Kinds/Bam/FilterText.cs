using System.Globalization;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>Filters as people write them.</summary>
internal static class FilterText
{
    /// <exception cref="InputException">These are no flags.</exception>
    public static ushort Flags(ParameterValues values, string name, ushort otherwise = 0)
    {
        if (values.Optional(name) is not { } text) return otherwise;
        try
        {
            return SamFlags.Parse(text);
        }
        catch (SamFlagsException e)
        {
            IReadOnlyList<string> near = e.UnknownName is { } unknown ? NearNames.Find(unknown.ToUpperInvariant(), SamFlags.Names) : [];
            throw new InputException(near.Count == 0 ? e.Message : $"flags '{e.Flags}': there is no '{e.UnknownName}'. Did you mean {string.Join(" or ", near)}?", e);
        }
    }

    /// <exception cref="InputException">It is no mapping quality.</exception>
    public static byte MappingQuality(ParameterValues values, string name) =>
        values.Optional(name) is not { } text ? (byte)0
        : byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) ? quality
        : throw new InputException($"'{text}' is no mapping quality; give 0 to 255.");
}
