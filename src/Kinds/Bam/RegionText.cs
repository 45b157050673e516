using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>Regions as people write them.</summary>
internal static class RegionText
{
    /// <exception cref="InputException">It is no region of this file; the message names the references that may have been meant.</exception>
    public static Region Parse(string text, BamFile file)
    {
        try
        {
            return RegionParser.Parse(text, file.Header);
        }
        catch (RegionException e)
        {
            IReadOnlyList<string> near = e.UnknownName is { } unknown ? NearNames.Find(unknown, file.Header.References.Select(reference => reference.Name), isSame: DifferInPrefix) : [];
            throw new InputException(near.Count == 0 ? $"{file.Path}: {e.Message}" : $"{file.Path}: region '{e.Region}': there is no reference '{e.UnknownName}'. Did you mean {string.Join(" or ", near)}?", e);
        }
    }

    // «chr1» for «1», and the other way round, is the commonest mistake of all: as near as a difference of letter case.
    private static bool DifferInPrefix(string wanted, string name) => WithoutPrefix(wanted).Equals(WithoutPrefix(name), StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> WithoutPrefix(string name) => name.StartsWith("chr", StringComparison.OrdinalIgnoreCase) ? name.AsSpan(3) : name;
}
