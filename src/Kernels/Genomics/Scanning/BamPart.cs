namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// What one pass goes over in a BAM file: some of the records of a reference, or the unplaced ones. Parts of one
/// reference lie side by side, and a record belongs to the part that holds its start, so each is met exactly once.
/// </summary>
/// <param name="ReferenceId">The number of the reference in the header; -1 for the unplaced records.</param>
/// <param name="Ranges">Where the records are: ascending and apart, each begins where a record starts. May be none.</param>
/// <param name="End">What must be found behind the last range.</param>
public sealed record BamPart(int ReferenceId, IReadOnlyList<VirtualRange> Ranges, PartEnd End)
{
    /// <summary>How many bytes of the file are about to be read.</summary>
    public long CompressedBytes => Ranges.Sum(range => range.End.BlockOffset - range.Begin.BlockOffset);
}

/// <summary>
/// What a pass checks where its part ends. Only a pass that comes from before a cut can tell whether a record starts there:
/// the part behind it would take any bytes for one.
/// </summary>
public enum PartEnd
{
    /// <summary>Nothing is known.</summary>
    Open,

    /// <summary>A record of the same reference starts exactly there, and belongs to the next part.</summary>
    Cut,

    /// <summary>The reference's records end there.</summary>
    OtherReference,
}
