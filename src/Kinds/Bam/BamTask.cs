using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Bam;

/// <summary>A task over a BAM file: one part of it, and the target that the part is of. The parts of one target lie side by side and share no record.</summary>
/// <param name="Kind">What the target is.</param>
/// <param name="Label">What a person calls the target: the reference's name, or the region as given.</param>
/// <param name="Part">What is read; without ranges where the whole file is.</param>
/// <param name="First">First base of a region, from 1.</param>
/// <param name="Last">Its last base, included.</param>
/// <param name="Length">Bases in the target, for the answer.</param>
/// <param name="Target">The number of the target: a region can be asked for twice.</param>
/// <param name="Parts">How many parts the target has.</param>
/// <param name="Expected">How many records the target has, as the index says; null where it does not.</param>
internal sealed record BamTask(
    BamTargetKind Kind,
    string Label,
    BamPart Part,
    long First = 1,
    long Last = long.MaxValue,
    long Length = 0,
    int Target = 0,
    int Parts = 1,
    long? Expected = null)
{
    /// <summary>The part, when it can be one: it came from another process.</summary>
    /// <exception cref="InputException">These are no ranges.</exception>
    internal BamPart CheckedPart() => Part.Ranges.All(range => range.Begin <= range.End)
        ? Part
        : throw new InputException($"{Label}: this part ends before it begins; run the same release on client and workers.");
}

/// <summary>What a target is, of which there are rows.</summary>
internal enum BamTargetKind
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
