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
        catch (FormatException e)
        {
            throw new InputException(e.Message, e);
        }
    }

    /// <exception cref="InputException">It is no mapping quality.</exception>
    public static byte MappingQuality(ParameterValues values, string name) =>
        values.Optional(name) is not { } text ? (byte)0
        : byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) ? quality
        : throw new InputException($"'{text}' is no mapping quality; give 0 to 255.");
}
