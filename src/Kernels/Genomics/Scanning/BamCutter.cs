namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Cuts references and regions into parts of about as many compressed bytes as asked for, at the places where the index
/// says that records start. A reference without a place to cut at stays whole.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="index">Its index.</param>
/// <param name="sizeAt">For the number of bytes from a part's begin to the end of the file, how many of them it should have.</param>
public sealed class BamCutter(BamFile file, BamIndex index, Func<long, long> sizeAt)
{
    /// <summary>All records of a reference, placed unmapped ones included; one part without ranges where there are none.</summary>
    public IReadOnlyList<BamPart> Reference(int referenceId) => index.RangeOf(referenceId) is { } range
        ? Cut(referenceId, [range], PartEnd.OtherReference)
        : [new(referenceId, [], PartEnd.Open)];

    /// <summary>What holds all records that overlap the bases [begin, end), from 0; it holds others as well.</summary>
    /// <exception cref="BamIndexException">The index is not that of this file.</exception>
    public IReadOnlyList<BamPart> Region(int referenceId, long begin, long end)
    {
        index.CheckFits(file, referenceId, begin, end);
        return Cut(referenceId, index.Query(referenceId, begin, end), PartEnd.Open);
    }

    /// <summary>The records without a reference. They are last in a file, and an index has no places within them.</summary>
    public BamPart Unplaced() =>
        new(-1, [new(index.EndOfPlaced ?? file.Header.FirstRecord, VirtualOffset.End)], PartEnd.Open);

    /// <summary>Cuts a part of a reference, or what is left of one.</summary>
    public IReadOnlyList<BamPart> Part(BamPart part) => Cut(part.ReferenceId, part.Ranges, part.End);

    private List<BamPart> Cut(int referenceId, IReadOnlyList<VirtualRange> ranges, PartEnd end)
    {
        var parts = new List<BamPart>();
        var part = new List<VirtualRange>();
        VirtualOffset[]? starts = null;
        var (size, filled) = (0L, 0L);
        foreach (var range in ranges)
        {
            var begin = range.Begin;
            while (true)
            {
                if (part.Count == 0) (size, filled) = (Math.Max(1, sizeAt(file.Data.Length - begin.BlockOffset)), 0);
                var left = range.End.BlockOffset - begin.BlockOffset;
                // A rest of less than half a part is no part of its own.
                if (filled + left <= size + (size / 2)) break;
                starts ??= index.RecordStartsOf(referenceId);
                if (!TryFindCut(starts, begin, begin.BlockOffset + size - filled, range.End, out var cut)) break;
                part.Add(new(begin, cut));
                parts.Add(new(referenceId, part, PartEnd.Cut));
                part = [];
                begin = cut;
            }

            part.Add(new(begin, range.End));
            filled += range.End.BlockOffset - begin.BlockOffset;
            if (filled < size) continue;
            parts.Add(new(referenceId, part, PartEnd.Open));
            part = [];
        }

        if (part.Count > 0 || parts.Count == 0) parts.Add(new(referenceId, part, PartEnd.Open));
        parts[^1] = parts[^1] with { End = end };
        return parts;
    }

    // The first record start in or behind the block at this offset; one in the block where the part begins is no gain.
    private static bool TryFindCut(VirtualOffset[] starts, VirtualOffset begin, long blockOffset, VirtualOffset end, out VirtualOffset cut)
    {
        blockOffset = Math.Min(Math.Max(blockOffset, begin.BlockOffset + 1), VirtualOffset.MaxBlockOffset);
        var i = Array.BinarySearch(starts, new VirtualOffset(blockOffset, 0));
        i = i >= 0 ? i : ~i;
        cut = i < starts.Length ? starts[i] : VirtualOffset.End;
        return cut.BlockOffset < end.BlockOffset;
    }
}
