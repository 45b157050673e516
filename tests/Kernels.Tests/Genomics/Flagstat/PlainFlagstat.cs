using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>Flagstat as its manual words it, a pass over all records for each number.</summary>
internal static class PlainFlagstat
{
    public static FlagStatistics Of(IReadOnlyList<ReferenceRecord> records) =>
        new(Column([.. records.Where(r => (r.Flags & 0x200) == 0)]), Column([.. records.Where(r => (r.Flags & 0x200) != 0)]));

    private static FlagCounts Column(List<ReferenceRecord> all)
    {
        var primary = all.FindAll(r => !Is(r, 0x100) && !Is(r, 0x800));
        var paired = primary.FindAll(r => Is(r, 1));
        var both = paired.FindAll(r => !Is(r, 4) && !Is(r, 8));
        var elsewhere = both.FindAll(r => r.MateReferenceId != r.ReferenceId);
        return new(
            Total: all.Count,
            Primary: primary.Count,
            Secondary: all.Count(r => Is(r, 0x100)),
            Supplementary: all.Count(r => Is(r, 0x800) && !Is(r, 0x100)),
            Duplicates: all.Count(r => Is(r, 0x400)),
            PrimaryDuplicates: primary.Count(r => Is(r, 0x400)),
            Mapped: all.Count(r => !Is(r, 4)),
            PrimaryMapped: primary.Count(r => !Is(r, 4)),
            PairedInSequencing: paired.Count,
            Read1: paired.Count(r => Is(r, 0x40)),
            Read2: paired.Count(r => Is(r, 0x80)),
            ProperlyPaired: paired.Count(r => Is(r, 2) && !Is(r, 4)),
            BothMapped: both.Count,
            Singletons: paired.Count(r => !Is(r, 4) && Is(r, 8)),
            MateElsewhere: elsewhere.Count,
            MateElsewhereGood: elsewhere.Count(r => r.MappingQuality >= 5));
    }

    private static bool Is(ReferenceRecord record, int flag) => (record.Flags & flag) != 0;
}
