namespace ActorCompute.Kernels.Genomics;

/// <summary>What was written to a synthetic BAM file, counted while it was.</summary>
/// <param name="References">The counts of each reference by number.</param>
/// <param name="Unplaced">Those of the records without a reference.</param>
/// <param name="Header">The references themselves, in the same order.</param>
public sealed record SyntheticBamCounts(
    IReadOnlyList<SyntheticReferenceCounts> References,
    SyntheticReferenceCounts Unplaced,
    IReadOnlyList<ReferenceSequence> Header)
{
    /// <summary>All records.</summary>
    public long Total => References.Sum(r => r.Total) + Unplaced.Total;
}

/// <summary>The counts of one reference.</summary>
/// <param name="Total">All its records.</param>
/// <param name="Mapped">Without UNMAP: column 3 of <c>samtools idxstats</c>.</param>
/// <param name="Primary">After <c>-F 0x904</c>: without UNMAP, SECONDARY and SUPPLEMENTARY.</param>
/// <param name="NotDuplicate">After <c>-F 0x400</c>.</param>
/// <param name="Quality30">After <c>-q 30</c>.</param>
public readonly record struct SyntheticReferenceCounts(long Total, long Mapped, long Primary, long NotDuplicate, long Quality30)
{
    /// <summary>The filter whose count is <see cref="Primary"/>.</summary>
    public static ReadFilter PrimaryFilter { get; } =
        new(0, SamFlags.Unmapped | SamFlags.Secondary | SamFlags.Supplementary, 0);

    internal SyntheticReferenceCounts Add(ushort flags, byte mappingQuality) => new(
        Total + 1,
        Mapped + ((flags & SamFlags.Unmapped) == 0 ? 1 : 0),
        Primary + (PrimaryFilter.Passes(flags, mappingQuality) ? 1 : 0),
        NotDuplicate + ((flags & SamFlags.Duplicate) == 0 ? 1 : 0),
        Quality30 + (mappingQuality >= 30 ? 1 : 0));
}
