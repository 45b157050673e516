namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// The passes that can be made over a BAM file, each on the calling thread: over a reference, what overlaps some of its bases,
/// the unplaced records, a part of these, a range, the whole file. What is made of the records is up to the tally.
/// </summary>
/// <remarks>
/// A pass is whole, or flagged as truncated, or an exception says where the file is damaged; damage outside of what
/// it goes over does not matter. A number of records that contradicts the index is an exception too: the index is then another file's.
/// </remarks>
/// <param name="file">The file; it stays open as long as this is used.</param>
/// <param name="index">Its index; without it there are only ranges.</param>
/// <param name="inflaters">The library to inflate with; <see cref="Inflaters.Default"/> when not given.</param>
internal sealed class BamPasses(BamFile file, BamIndex? index, InflaterProvider? inflaters)
{
    private readonly InflaterProvider _inflaters = inflaters ?? Inflaters.Default;

    private BamIndex Index => index
        ?? throw new InvalidOperationException("Only a whole file can be read without an index.");

    /// <summary>The records whose refID is that reference, placed unmapped ones included.</summary>
    public Pass<TTally> Reference<TTally>(int referenceId, TTally tally, CancellationToken cancellation)
        where TTally : struct, IRecordTally
    {
        CheckReference(referenceId);
        using var walk = new Walk<TTally>(file, _inflaters, tally, cancellation);
        var pass = Index.RangeOf(referenceId) is { } range
            ? walk.Placed(new(referenceId, [range], PartEnd.OtherReference))
            : new Pass<TTally>(tally, 0, 0, ScanWarnings.None);
        return Counted($"reference '{file.Header.References[referenceId].Name}'", Index.CountsOf(referenceId)?.Total, pass);
    }

    /// <summary>
    /// The records that overlap the bases [begin, end), from 0. An unmapped record that is placed, and one that covers no
    /// base, are one base long.
    /// </summary>
    public Pass<TTally> Overlapping<TTally>(int referenceId, long begin, long end, TTally tally, CancellationToken cancellation, PassStop? stop = null)
        where TTally : struct, IRecordTally
    {
        CheckReference(referenceId);
        Index.CheckFits(file, referenceId, begin, end);
        using var walk = new Walk<TTally>(file, _inflaters, tally, cancellation, stop);
        return walk.Overlapping(new(referenceId, Index.Query(referenceId, begin, end), PartEnd.Open), begin, end);
    }

    /// <summary>The records of a part. Needs no index: the part has what the index knew.</summary>
    public Pass<TTally> Part<TTally>(BamPart part, TTally tally, CancellationToken cancellation, PassStop? stop = null)
        where TTally : struct, IRecordTally
    {
        using var walk = new Walk<TTally>(file, _inflaters, tally, cancellation, stop);
        return walk.Placed(part);
    }

    /// <summary>The records of a part that overlap the bases [begin, end), from 0. Needs no index.</summary>
    public Pass<TTally> PartOverlapping<TTally>(BamPart part, long begin, long end, TTally tally, CancellationToken cancellation, PassStop? stop = null)
        where TTally : struct, IRecordTally
    {
        using var walk = new Walk<TTally>(file, _inflaters, tally, cancellation, stop);
        return walk.Overlapping(part, begin, end);
    }

    /// <summary>The records without a reference; they are last in a file.</summary>
    public Pass<TTally> Unplaced<TTally>(TTally tally, CancellationToken cancellation)
        where TTally : struct, IRecordTally
    {
        var range = new VirtualRange(Index.EndOfPlaced ?? file.Header.FirstRecord, VirtualOffset.End);
        using var walk = new Walk<TTally>(file, _inflaters, tally, cancellation);
        return Counted("the unplaced records", Index.Unplaced, walk.Placed(new(-1, [range], PartEnd.Open)));
    }

    /// <summary>The records that start in a range, which begins where a record starts. Needs no index and no order.</summary>
    public Pass<TTally> Range<TTally>(VirtualRange range, TTally tally, CancellationToken cancellation)
        where TTally : struct, IRecordTally
    {
        using var walk = new Walk<TTally>(file, _inflaters, tally, cancellation);
        return walk.All(range);
    }

    /// <summary>All records of the file, from one end to the other.</summary>
    public Pass<TTally> WholeFile<TTally>(TTally tally, CancellationToken cancellation)
        where TTally : struct, IRecordTally =>
        Range(new VirtualRange(file.Header.FirstRecord, VirtualOffset.End), tally, cancellation);

    private void CheckReference(int referenceId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(referenceId);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(referenceId, file.Header.References.Count);
    }

    // expected: what the index says, if it does.
    private Pass<TTally> Counted<TTally>(string what, long? expected, Pass<TTally> pass) =>
        expected is not { } records || records == pass.Records || pass.Warnings != ScanWarnings.None
            ? pass
            : throw BamIndex.Mismatch(Index.Path, file.Path, $"it has {records} records for {what}, the file has {pass.Records}");
}
