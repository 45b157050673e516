using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>One part of a BAM file: what a task reads. The parts of one target lie side by side and share no record.</summary>
/// <param name="Kind">Which kind of part.</param>
/// <param name="Label">What a person calls its target: the reference's name, or the region as given.</param>
/// <param name="Reference">The reference's number in the header; -1 where there is none.</param>
/// <param name="First">First base, from 1.</param>
/// <param name="Last">Last base, included.</param>
/// <param name="Length">Bases in it, for the answer.</param>
/// <param name="Target">The number of the target: a region can be asked for twice.</param>
/// <param name="Parts">How many parts the target has.</param>
/// <param name="Expected">How many records the target has, as the index says; null where it does not.</param>
/// <param name="Ranges">Where the part is in the file, as the index says; workers have no need of that.</param>
/// <param name="End">What is to be found behind it.</param>
public sealed record BamPart(
    BamPartKind Kind,
    string Label,
    int Reference = -1,
    long First = 1,
    long Last = long.MaxValue,
    long Length = 0,
    int Target = 0,
    int Parts = 1,
    long? Expected = null,
    IReadOnlyList<BamPartRange>? Ranges = null,
    SliceEnd End = SliceEnd.Open)
{
    /// <summary>What the kernels call it.</summary>
    /// <exception cref="InputException">These are no ranges.</exception>
    internal BamSlice ToSlice()
    {
        var ranges = (Ranges ?? []).Select(range => new VirtualRange(new(range.Begin), new(range.End))).ToList();
        if (ranges.Any(range => range.End < range.Begin)) throw new InputException($"{Label}: this part ends before it begins; run the same release on client and workers.");
        return new(Reference, ranges, End);
    }

    /// <summary>The same of another slice.</summary>
    internal BamPart Of(BamSlice slice) => this with { Ranges = [.. slice.Ranges.Select(range => new BamPartRange(range.Begin.Value, range.End.Value))], End = slice.End };
}

/// <summary>A stretch of the file, as two virtual offsets: from <paramref name="Begin"/> up to, and without, <paramref name="End"/>.</summary>
public sealed record BamPartRange(ulong Begin, ulong End);

/// <summary>Kinds of parts.</summary>
public enum BamPartKind
{
    /// <summary>Reads of a reference.</summary>
    Reference,

    /// <summary>Reads that overlap a region.</summary>
    Region,

    /// <summary>The reads without a reference.</summary>
    Unplaced,

    /// <summary>All of a file that has no index, in one pass.</summary>
    WholeFile,
}
