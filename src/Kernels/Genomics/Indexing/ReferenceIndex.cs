namespace ActorCompute.Kernels.Genomics;

/// <summary>How many records a reference has, as its index says.</summary>
/// <param name="Mapped">Mapped to it.</param>
/// <param name="Unmapped">Placed on it, but not mapped: the mates of mapped reads.</param>
public readonly record struct IndexedCounts(long Mapped, long Unmapped)
{
    public long Total => Mapped + Unmapped;
}

/// <summary>The index of one reference: which chunks of the file each bin's records are in.</summary>
internal sealed class ReferenceIndex
{
    /// <summary>The bins that exist, ascending.</summary>
    public required uint[] Bins { get; init; }

    /// <summary>Where each bin's chunks start in <see cref="Chunks"/>; one entry more than there are bins.</summary>
    public required int[] FirstChunk { get; init; }

    public required VirtualRange[] Chunks { get; init; }

    /// <summary>CSI: for each bin, where the first record that overlaps it starts. Empty in BAI.</summary>
    public required VirtualOffset[] BinStarts { get; init; }

    /// <summary>BAI: for each 16,384 bases, where the first record that overlaps them starts. Empty in CSI.</summary>
    public required VirtualOffset[] Linear { get; init; }

    public required IndexedCounts? Counts { get; init; }

    /// <summary>The metadata bin's range: from the first record to behind the last one. Null where there is no such bin.</summary>
    public required VirtualRange? Noted { get; init; }

    /// <summary>From the first record of the reference to behind its last one; null when it has none.</summary>
    public VirtualRange? Range { get; private init; }

    /// <summary>A reference without records; an assembly in pieces has millions of them.</summary>
    public static ReferenceIndex Empty { get; } = Create([], [0], [], [], [], null, null);

    public static ReferenceIndex Create(uint[] bins, int[] firstChunk, VirtualRange[] chunks, VirtualOffset[] binStarts,
        VirtualOffset[] linear, IndexedCounts? counts, VirtualRange? noted) => new()
        {
            Bins = bins,
            FirstChunk = firstChunk,
            Chunks = chunks,
            BinStarts = binStarts,
            Linear = linear,
            Counts = counts,
            Noted = noted,
            Range = chunks.Length == 0 ? null : new VirtualRange(chunks.Min(c => c.Begin), chunks.Max(c => c.End)),
        };

    /// <summary>
    /// The ranges that hold all records overlapping [begin, end), ascending and apart; they hold others as well.
    /// </summary>
    public List<VirtualRange> Query(Binning binning, long begin, long end)
    {
        begin = Math.Max(0, begin);
        end = Math.Min(end, binning.MaxPosition);
        var found = new List<VirtualRange>();
        if (begin >= end)
            return found;

        var earliest = Earliest(binning, begin);
        for (var level = 0; level <= binning.Depth; level++)
        {
            var first = Binning.FirstBin(level) + (uint)(begin >> binning.Shift(level));
            var last = Binning.FirstBin(level) + (uint)(end - 1 >> binning.Shift(level));
            for (var i = IndexAtOrAfter(first); i < Bins.Length && Bins[i] <= last; i++)
            {
                foreach (var chunk in Chunks.AsSpan(FirstChunk[i]..FirstChunk[i + 1]))
                {
                    if (chunk.End > earliest)
                        found.Add(chunk with { Begin = chunk.Begin < earliest ? earliest : chunk.Begin });
                }
            }
        }

        return Merge(found);
    }

    /// <summary>
    /// Of each level the bins that exist next to those of [begin, end), to the left and to the right, as places in
    /// <see cref="Bins"/>; and the bin of the records without a position.
    /// </summary>
    public IEnumerable<int> Beside(Binning binning, long begin, long end)
    {
        begin = Math.Clamp(begin, 0, binning.MaxPosition - 1);
        end = Math.Clamp(end, begin + 1, binning.MaxPosition);
        for (var level = 0; level <= binning.Depth; level++)
        {
            var left = IndexAtOrAfter(Binning.FirstBin(level) + (uint)(begin >> binning.Shift(level))) - 1;
            if (left >= 0 && Bins[left] >= Binning.FirstBin(level))
                yield return left;
            var right = IndexAtOrAfter(Binning.FirstBin(level) + (uint)(end - 1 >> binning.Shift(level)) + 1);
            if (right < Bins.Length && Bins[right] < Binning.FirstBin(level + 1))
                yield return right;
        }

        var last = IndexAtOrAfter(binning.BinWithoutPosition);
        if (last < Bins.Length && Bins[last] == binning.BinWithoutPosition)
            yield return last;
    }

    /// <summary>
    /// Places within the range where records start, ascending; as many as the index happens to know. Not its begin.
    /// </summary>
    public VirtualOffset[] RecordStarts()
    {
        if (Range is not { } range)
            return [];
        var starts = new List<VirtualOffset>(Chunks.Length + BinStarts.Length + Linear.Length);
        starts.AddRange(Chunks.Select(chunk => chunk.Begin));
        starts.AddRange(BinStarts);
        starts.AddRange(Linear);
        // Windows that no record overlaps may have a 0, or a place of the reference before.
        return [.. starts.Where(start => start > range.Begin && start < range.End).Distinct().Order()];
    }

    // No record that overlaps position `begin`, or starts behind it, starts before this place in the file.
    private VirtualOffset Earliest(Binning binning, long begin) =>
        Linear.Length > 0 ? EarliestByWindow(begin >> binning.MinShift) : EarliestByBin(binning, begin);

    private VirtualOffset EarliestByWindow(long window)
    {
        // Behind the last window no record overlaps; what starts there would have a window.
        var i = (int)Math.Min(window, Linear.Length - 1);
        var earliest = Linear[i];
        if (Counts is { Unmapped: 0 })
            return earliest;

        // Old programs left placed unmapped reads out of the windows: take the window before that has another value.
        while (i > 0 && Linear[i] >= earliest)
            i--;
        return Linear[i] < earliest ? Linear[i] : default;
    }

    // The bin of the position; if it does not exist, the nearest to its left with the same parent, or else the parent.
    private VirtualOffset EarliestByBin(Binning binning, long begin)
    {
        if (BinStarts.Length == 0)
            return default;
        var bin = Binning.FirstBin(binning.Depth) + (uint)(begin >> binning.MinShift);
        while (true)
        {
            var i = IndexAtOrAfter(bin);
            if (i < Bins.Length && Bins[i] == bin)
                return BinStarts[i];
            if (bin == 0)
                return default;
            var parent = bin - 1 >> 3;
            bin = bin > (parent << 3) + 1 ? bin - 1 : parent;
        }
    }

    /// <summary>The place in <see cref="Bins"/> of a bin, or of the first behind it.</summary>
    public int IndexAtOrAfter(uint bin)
    {
        var i = Array.BinarySearch(Bins, bin);
        return i >= 0 ? i : ~i;
    }

    // Ranges that meet in one block are read in one go: inflating the block twice would cost more than the records between.
    private static List<VirtualRange> Merge(List<VirtualRange> ranges)
    {
        ranges.Sort((a, b) => a.Begin.CompareTo(b.Begin));
        var merged = new List<VirtualRange>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.Begin.BlockOffset <= merged[^1].End.BlockOffset)
                merged[^1] = merged[^1] with { End = range.End > merged[^1].End ? range.End : merged[^1].End };
            else
                merged.Add(range);
        }

        return merged;
    }
}
