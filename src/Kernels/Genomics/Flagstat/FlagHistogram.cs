using System.Buffers;

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
    private const int Size = 3 * Combinations;

    // Pooled: 96 KiB for each part of a file would be collected as large objects are, with all generations.
    private readonly long[] _counts = Rent();

    public void Add(BamRecordReader record) =>
        Add(record.Flags, record.MateReferenceId != record.ReferenceId, record.MappingQuality);

    public void Add(ushort flags, bool mateIsElsewhere, byte mappingQuality)
    {
        var mate = (mateIsElsewhere ? 1 : 0) << (mappingQuality >= GoodMappingQuality ? 1 : 0);
        _counts[mate << FlagBits | (flags & (Combinations - 1))]++;
    }

    /// <summary>What flagstat makes of these records. The last call: nothing is left then.</summary>
    public FlagStatistics Take()
    {
        var (passed, failed) = (new FlagCounts(), new FlagCounts());
        for (var i = 0; i < Size; i++)
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

        ArrayPool<long>.Shared.Return(_counts);
        return new FlagStatistics(passed, failed);
    }

    private static long[] Rent()
    {
        var counts = ArrayPool<long>.Shared.Rent(Size);
        counts.AsSpan(0, Size).Clear();
        return counts;
    }
}
