namespace ActorCompute.Kernels.Genomics;

/// <summary>Which records cover bases, and how, as the options of mosdepth say it.</summary>
/// <param name="ExcludedFlags"><c>--flag</c>: records with any of these flags do not count. Unmapped ones never do.</param>
/// <param name="MinimumMappingQuality"><c>--mapq</c>: nor do those with a lower one.</param>
/// <param name="FastMode">
/// <c>--fast-mode</c>: a record covers all from its first base to its last one, and both mates of a pair count where they
/// overlap. Otherwise what it deletes or skips is not covered, and a pair counts once.
/// </param>
public sealed record DepthOptions(
    ushort ExcludedFlags = DepthOptions.DefaultExcludedFlags, byte MinimumMappingQuality = 0, bool FastMode = false)
{
    /// <summary>1796, mosdepth's default.</summary>
    public const ushort DefaultExcludedFlags =
        SamFlags.Unmapped | SamFlags.Secondary | SamFlags.QualityFailed | SamFlags.Duplicate;
}
