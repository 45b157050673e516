namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// What must hold between the parts of an index, whichever program made it. An index has no checksum: a flipped bit that
/// breaks none of this would make records be missed in silence.
/// </summary>
/// <remarks>
/// All of it follows from the file being sorted. A record is in the smallest bin that holds it, and starts within that
/// bin; so of two bins of one level, all records of the left one come first:
/// <code>
/// level 0   |-------------- c --------------|       chunks in the file:   a1 c1 a2 b1 c2
/// level 1   |------ a -----||------ b ------|       a before b; c anywhere; no gap between them
/// </code></remarks>
internal static class IndexSoundness
{
    /// <summary>What is wrong with the index of one reference; null when nothing is.</summary>
    /// <param name="index">The index.</param>
    /// <param name="binning">Its bins.</param>
    /// <param name="length">The reference's length in bases; 0 where the header does not know it.</param>
    public static string? FindFault(ReferenceIndex index, Binning binning, long length)
    {
        if (index.Range is not { } range)
            return index.Counts is { Total: > 0 } counts ? $"{counts.Total} reads, but no place for them" : null;
        if (index.Noted is { } noted && noted != range && noted.End.Value != 0)
            return $"its reads are at {noted} and at {range}";
        return FindMisplacedBin(index, binning, length) ?? FindMisplacedAmongLevels(index, binning) ?? FindGap(index, binning, range) ?? FindMisplacedStart(index, binning, range);
    }

    /// <summary>The first reference whose records do not come behind those of the references before it; null when all do.</summary>
    public static int? FindOverlap(ReadOnlySpan<ReferenceIndex> references)
    {
        var end = default(VirtualOffset);
        for (var i = 0; i < references.Length; i++)
        {
            if (references[i].Range is not { } range)
                continue;
            if (range.Begin < end)
                return i;
            end = range.End;
        }

        return null;
    }

    // Bins within the reference; the chunks of a level one behind the other.
    private static string? FindMisplacedBin(ReferenceIndex index, Binning binning, long length)
    {
        var level = -1;
        var end = default(VirtualOffset);
        for (var i = 0; i < index.Bins.Length; i++)
        {
            var bin = index.Bins[i];
            if (bin == binning.BinWithoutPosition)
                continue;
            if (length > 0 && binning.BeginOf(bin) >= length)
                return $"bin {bin} begins at base {binning.BeginOf(bin) + 1}, and the reference has {length}";
            if (binning.LevelOf(bin) != level)
                (level, end) = (binning.LevelOf(bin), default);
            foreach (var chunk in index.Chunks.AsSpan(index.FirstChunk[i]..index.FirstChunk[i + 1]))
            {
                if (chunk.Begin < end)
                    return $"the reads of bin {bin} at {chunk} come before those of a bin to its left, which end at {end}";
                end = chunk.End;
            }
        }

        return null;
    }

    // Of bins of two levels too, all reads of one that ends before the other begins come first. Each level is in order already.
    private static string? FindMisplacedAmongLevels(ReferenceIndex index, Binning binning)
    {
        var firsts = Enumerable.Range(0, binning.Depth + 2).Select(level => index.IndexAtOrAfter(Binning.FirstBin(level))).ToArray();
        for (var level = 0; level <= binning.Depth; level++)
        {
            for (var other = 0; other <= binning.Depth; other++)
            {
                if (other != level && FindMisplaced(index, binning, (level, firsts[level], firsts[level + 1]), (other, firsts[other], firsts[other + 1])) is { } fault)
                    return fault;
            }
        }

        return null;
    }

    private static string? FindMisplaced(ReferenceIndex index, Binning binning, (int Level, int First, int End) left, (int Level, int First, int End) right)
    {
        var (shift, at) = (binning.Shift(right.Level), right.First);
        for (var i = left.First; i < left.End; i++)
        {
            if (IsWithoutPlace(i))
                continue;
            var behind = Binning.FirstBin(right.Level) + (uint)((binning.EndOf(index.Bins[i]) + (1L << shift) - 1) >> shift);
            while (at < right.End && (index.Bins[at] < behind || IsWithoutPlace(at)))
                at++;
            if (at == right.End)
                return null;
            var (end, begin) = (index.Chunks[index.FirstChunk[i + 1] - 1].End, index.Chunks[index.FirstChunk[at]].Begin);
            if (begin < end)
                return $"the reads of bin {index.Bins[at]} begin at {begin}, before the end of those of bin {index.Bins[i]} to its left at {end}";
        }

        return null;

        bool IsWithoutPlace(int bin) => index.Bins[bin] == binning.BinWithoutPosition || index.FirstChunk[bin] == index.FirstChunk[bin + 1];
    }

    // The chunks of all bins together leave nothing out: merges the levels, each of which is in order.
    private static string? FindGap(ReferenceIndex index, Binning binning, VirtualRange range)
    {
        var levels = new List<(int Next, int End)>();
        for (int i = 0, level = -1; i < index.Bins.Length; i++)
        {
            var isAlone = index.Bins[i] == binning.BinWithoutPosition;
            if (isAlone || levels.Count == 0 || binning.LevelOf(index.Bins[i]) != level)
                levels.Add((index.FirstChunk[i], index.FirstChunk[i]));
            levels[^1] = (levels[^1].Next, index.FirstChunk[i + 1]);
            level = isAlone ? -1 : binning.LevelOf(index.Bins[i]);
        }

        var covered = range.Begin;
        while (covered < range.End)
        {
            VirtualOffset? next = null;
            var before = covered;
            for (var i = 0; i < levels.Count; i++)
            {
                var (at, end) = levels[i];
                for (; at < end && index.Chunks[at].Begin <= covered; at++)
                {
                    if (index.Chunks[at].End > covered)
                        covered = index.Chunks[at].End;
                }

                levels[i] = (at, end);
                if (at < end && (next is null || index.Chunks[at].Begin < next))
                    next = index.Chunks[at].Begin;
            }

            if (covered > before || covered >= range.End)
                continue;
            // The end of a block and the start of the next one are the same place, and only the file tells which blocks touch.
            if (next is not { WithinBlock: 0 } start)
                return $"the reads between {covered} and {next ?? range.End} are in no bin";
            covered = start;
        }

        return null;
    }

    // Where reads that overlap a bin or a window start: in order, and not behind the first read that starts there.
    private static string? FindMisplacedStart(ReferenceIndex index, Binning binning, VirtualRange range)
    {
        if (FindUnordered(index.Linear, range.End) is { } window)
            return $"the reads that overlap window {window} start at {index.Linear[window]}, out of order";
        for (int i = 0, first = 0; i < index.BinStarts.Length; i++)
        {
            var isLast = i == index.BinStarts.Length - 1 || binning.LevelOf(index.Bins[i + 1]) != binning.LevelOf(index.Bins[i]);
            if (!isLast)
                continue;
            if (FindUnordered(index.BinStarts.AsSpan(first..(i + 1)), range.End) is { } unordered)
                return $"the reads that overlap bin {index.Bins[first + unordered]} start at {index.BinStarts[first + unordered]}, out of order";
            first = i + 1;
        }

        // Programs leave placed reads that are not mapped out of the windows, and such a read may be a bin's first.
        if (index.Counts is not { Unmapped: 0 })
            return null;
        for (var i = 0; i < index.Bins.Length; i++)
        {
            var bin = index.Bins[i];
            if (bin == binning.BinWithoutPosition || index.FirstChunk[i] == index.FirstChunk[i + 1])
                continue;
            var at = binning.BeginOf(bin) >> binning.MinShift;
            var start = index.BinStarts.Length > 0 ? index.BinStarts[i] : at < index.Linear.Length ? index.Linear[at] : default;
            var first = index.Chunks[index.FirstChunk[i]].Begin;
            if (start > first)
                return $"the reads that overlap bin {bin} would start at {start}, and one of them is at {first}";
        }

        return null;
    }

    // Places to the right are not before those to the left, and none is behind the last read. 0 is that of no read.
    private static int? FindUnordered(ReadOnlySpan<VirtualOffset> starts, VirtualOffset end)
    {
        var last = default(VirtualOffset);
        for (var i = 0; i < starts.Length; i++)
        {
            if (starts[i].Value == 0)
                continue;
            if (starts[i] < last || starts[i] >= end)
                return i;
            last = starts[i];
        }

        return null;
    }
}
