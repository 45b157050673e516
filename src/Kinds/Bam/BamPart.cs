namespace ActorCompute.Kinds.Bam;

/// <summary>One part of a BAM file: what a task reads.</summary>
/// <param name="Kind">Which kind of part.</param>
/// <param name="Label">What a person calls it: the reference's name, or the region as given.</param>
/// <param name="Reference">The reference's number in the header; -1 where there is none.</param>
/// <param name="First">First base, from 1.</param>
/// <param name="Last">Last base, included.</param>
/// <param name="Length">Bases in it, for the answer.</param>
public sealed record BamPart(BamPartKind Kind, string Label, int Reference = -1, long First = 1, long Last = long.MaxValue, long Length = 0);

/// <summary>Kinds of parts.</summary>
public enum BamPartKind
{
    /// <summary>All reads of a reference.</summary>
    Reference,

    /// <summary>The reads that overlap a region.</summary>
    Region,

    /// <summary>The reads without a reference.</summary>
    Unplaced,

    /// <summary>All of a file that has no index, in one pass.</summary>
    WholeFile,
}
