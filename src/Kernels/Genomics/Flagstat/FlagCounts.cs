namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// The numbers of <c>samtools flagstat</c> for one of its columns, in its order. Primary records are those that are neither
/// secondary nor supplementary; from <see cref="PairedInSequencing"/> on only primary ones with the flag PAIRED count.
/// </summary>
/// <param name="Total">All records.</param>
/// <param name="Primary">Neither secondary nor supplementary.</param>
/// <param name="Secondary">SECONDARY, supplementary or not.</param>
/// <param name="Supplementary">SUPPLEMENTARY and not secondary.</param>
/// <param name="Duplicates">DUP.</param>
/// <param name="PrimaryDuplicates">Primary and DUP.</param>
/// <param name="Mapped">Not UNMAP.</param>
/// <param name="PrimaryMapped">Primary and not UNMAP.</param>
/// <param name="PairedInSequencing">Primary and PAIRED; so are all that follow.</param>
/// <param name="Read1">READ1.</param>
/// <param name="Read2">READ2.</param>
/// <param name="ProperlyPaired">PROPER_PAIR and not UNMAP.</param>
/// <param name="BothMapped">Neither UNMAP nor MUNMAP.</param>
/// <param name="Singletons">Not UNMAP, but MUNMAP.</param>
/// <param name="MateElsewhere">Both mapped, the mate to another reference.</param>
/// <param name="MateElsewhereGood">And mapq at least 5.</param>
public readonly record struct FlagCounts(
    long Total,
    long Primary,
    long Secondary,
    long Supplementary,
    long Duplicates,
    long PrimaryDuplicates,
    long Mapped,
    long PrimaryMapped,
    long PairedInSequencing,
    long Read1,
    long Read2,
    long ProperlyPaired,
    long BothMapped,
    long Singletons,
    long MateElsewhere,
    long MateElsewhereGood)
{
    public static FlagCounts operator +(FlagCounts a, FlagCounts b) => new(
        a.Total + b.Total,
        a.Primary + b.Primary,
        a.Secondary + b.Secondary,
        a.Supplementary + b.Supplementary,
        a.Duplicates + b.Duplicates,
        a.PrimaryDuplicates + b.PrimaryDuplicates,
        a.Mapped + b.Mapped,
        a.PrimaryMapped + b.PrimaryMapped,
        a.PairedInSequencing + b.PairedInSequencing,
        a.Read1 + b.Read1,
        a.Read2 + b.Read2,
        a.ProperlyPaired + b.ProperlyPaired,
        a.BothMapped + b.BothMapped,
        a.Singletons + b.Singletons,
        a.MateElsewhere + b.MateElsewhere,
        a.MateElsewhereGood + b.MateElsewhereGood);

    /// <summary>What so many records with these flags count as.</summary>
    internal static FlagCounts Of(ushort flags, bool mateIsElsewhere, bool isGood, long records)
    {
        var isSecondary = Has(SamFlags.Secondary);
        var isSupplementary = !isSecondary && Has(SamFlags.Supplementary);
        var isPrimary = !isSecondary && !isSupplementary;
        var isMapped = !Has(SamFlags.Unmapped);
        var isPaired = isPrimary && Has(SamFlags.Paired);
        var areMapped = isPaired && isMapped && !Has(SamFlags.MateUnmapped);
        return new(
            records,
            If(isPrimary),
            If(isSecondary),
            If(isSupplementary),
            If(Has(SamFlags.Duplicate)),
            If(isPrimary && Has(SamFlags.Duplicate)),
            If(isMapped),
            If(isPrimary && isMapped),
            If(isPaired),
            If(isPaired && Has(SamFlags.Read1)),
            If(isPaired && Has(SamFlags.Read2)),
            If(isPaired && isMapped && Has(SamFlags.ProperPair)),
            If(areMapped),
            If(isPaired && isMapped && Has(SamFlags.MateUnmapped)),
            If(areMapped && mateIsElsewhere),
            If(areMapped && mateIsElsewhere && isGood));

        bool Has(ushort flag) => (flags & flag) != 0;
        long If(bool counts) => counts ? records : 0;
    }
}

/// <summary>The numbers of <c>samtools flagstat</c>.</summary>
/// <param name="Passed">Records without the flag QCFAIL.</param>
/// <param name="Failed">Records with it.</param>
public readonly record struct FlagStatistics(FlagCounts Passed, FlagCounts Failed)
{
    public static FlagStatistics operator +(FlagStatistics a, FlagStatistics b) => new(a.Passed + b.Passed, a.Failed + b.Failed);
}
