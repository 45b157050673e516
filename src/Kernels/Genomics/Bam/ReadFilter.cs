namespace ActorCompute.Kernels.Genomics;

/// <summary>Which records count, as the options of <c>samtools view</c> say it; the default lets all pass.</summary>
/// <param name="RequiredFlags"><c>-f</c>: all of these flags must be set.</param>
/// <param name="ExcludedFlags"><c>-F</c>: none of these may be set.</param>
/// <param name="MinimumMappingQuality"><c>-q</c>: mapq must be at least this, 0..255.</param>
public readonly record struct ReadFilter(ushort RequiredFlags, ushort ExcludedFlags, byte MinimumMappingQuality)
{
    /// <summary>Whether a record with these passes.</summary>
    public bool Passes(ushort flags, byte mappingQuality) =>
        (flags & RequiredFlags) == RequiredFlags && (flags & ExcludedFlags) == 0 && mappingQuality >= MinimumMappingQuality;
}
