namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// How many records there are of each combination of flags. All that flagstat tells follows from it, so that the loop over
/// the records has one addition in it and no question.
/// </summary>
/// <remarks><code>
/// index: | bits 12, 13: where the mate is | bits 0..11: the flags |
///          0 same reference, 1 another, 2 another and mapq at least 5
/// </code></remarks>
internal readonly struct FlagHistogram() : IRecordTally
{
    /// <summary>As flagstat has it: a mate on another reference is counted once more when the mapping is this good.</summary>
    public const int GoodMappingQuality = 5;

    // The bits that the SAM specification defines; what stands in the others does not matter.
    private const int FlagBits = 12;
    private const int Combinations = 1 << FlagBits;

    private readonly long[] _counts = new long[3 * Combinations];

    public void Add(BamRecordReader record) =>
        Add(record.Flags, record.MateReferenceId != record.ReferenceId, record.MappingQuality);

    public void Add(ushort flags, bool mateIsElsewhere, byte mappingQuality)
    {
        var mate = (mateIsElsewhere ? 1 : 0) << (mappingQuality >= GoodMappingQuality ? 1 : 0);
        _counts[mate << FlagBits | (flags & (Combinations - 1))]++;
    }

    /// <summary>What flagstat makes of these records.</summary>
    public FlagStatistics ToStatistics()
    {
        var (passed, failed) = (new FlagCounts(), new FlagCounts());
        for (var i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0)
                continue;
            var flags = (ushort)(i & (Combinations - 1));
            var counts = FlagCounts.Of(flags, i >> FlagBits > 0, i >> FlagBits > 1, _counts[i]);
            if ((flags & SamFlags.QualityFailed) == 0)
                passed += counts;
            else
                failed += counts;
        }

        return new FlagStatistics(passed, failed);
    }
}
