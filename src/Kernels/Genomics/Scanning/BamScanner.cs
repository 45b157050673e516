namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Counts the records of a BAM file as <c>samtools view -c</c> does. A count is a single pass on the calling thread; the
/// scanner keeps no state between counts, so many threads can use one at once.
/// </summary>
/// <remarks>
/// A count is right, or flagged as truncated, or an exception says where the file is damaged; damage outside of what is
/// scanned does not matter. A count that contradicts the index is an exception too: the index is then another file's.
/// </remarks>
/// <param name="file">The file; it stays open as long as the scanner is used.</param>
/// <param name="index">Its index; without it only whole files and ranges can be counted.</param>
/// <param name="inflaters">The library to inflate with; <see cref="Inflaters.Default"/> when not given.</param>
public sealed class BamScanner(BamFile file, BamIndex? index = null, InflaterProvider? inflaters = null)
{
    private readonly BamPasses _passes = new(file, index, inflaters);

    /// <summary>
    /// Counts the records whose refID is that reference, placed unmapped reads included: the sum of columns 3 and 4 of
    /// <c>samtools idxstats</c>.
    /// </summary>
    /// <param name="referenceId">The number of the reference in the header.</param>
    /// <param name="filter">Which of them count.</param>
    /// <param name="cancellation">Looked at once per block.</param>
    /// <exception cref="BgzfException">A block is damaged; the exception says where.</exception>
    /// <exception cref="BamException">A record is damaged; the exception says where.</exception>
    /// <exception cref="BamIndexException">The index is not that of this file.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ScanResult CountReference(int referenceId, ReadFilter filter = default, CancellationToken cancellation = default)
    {
        return Result(_passes.Reference(referenceId, new Count(filter), cancellation));
    }

    /// <summary>
    /// Counts the records that overlap a region, as <c>samtools view -c FILE REGION</c>. An unmapped record that is placed,
    /// and one that covers no base, count as one base long.
    /// </summary>
    /// <inheritdoc cref="CountReference"/>
    public ScanResult CountRegion(Region region, ReadFilter filter = default, CancellationToken cancellation = default)
    {
        if (region.Reference is not { } reference)
            return CountUnplaced(filter, cancellation);
        return Result(_passes.Overlapping(reference.Id, region.First - 1, region.Last, new Count(filter), cancellation));
    }

    /// <summary>Counts the records without a reference, as <c>samtools view -c FILE '*'</c>. They are last in a file.</summary>
    /// <inheritdoc cref="CountReference"/>
    public ScanResult CountUnplaced(ReadFilter filter = default, CancellationToken cancellation = default)
    {
        return Result(_passes.Unplaced(new Count(filter), cancellation));
    }

    /// <summary>Counts the records of a part; those of a reference's parts add up to <see cref="CountReference"/>.</summary>
    /// <param name="part">The part.</param>
    /// <param name="filter">Which of its records count.</param>
    /// <param name="cancellation">Looked at once per block.</param>
    /// <param name="stop">Asked once per block; true ends the scan, and <see cref="ScanResult.Rest"/> is what is left of the part.</param>
    /// <inheritdoc cref="CountReference"/>
    public ScanResult CountPart(BamPart part, ReadFilter filter = default, CancellationToken cancellation = default, Func<bool>? stop = null) =>
        Result(_passes.Part(part, new Count(filter), cancellation, StopOf(stop)));

    /// <summary>Counts the records of a region's part that overlap the region.</summary>
    /// <param name="part">The part.</param>
    /// <param name="region">The region.</param>
    /// <param name="filter">Which of its records count.</param>
    /// <param name="cancellation">Looked at once per block.</param>
    /// <param name="stop">Asked once per block; true ends the scan, and <see cref="ScanResult.Rest"/> is what is left of the part.</param>
    /// <inheritdoc cref="CountReference"/>
    public ScanResult CountPart(BamPart part, Region region, ReadFilter filter = default, CancellationToken cancellation = default, Func<bool>? stop = null) =>
        Result(_passes.PartOverlapping(part, region.First - 1, region.Last, new Count(filter), cancellation, StopOf(stop)));

    /// <summary>Counts all records of the file, reading it from one end to the other; needs no index and no order.</summary>
    /// <inheritdoc cref="CountReference"/>
    public FileScanResult CountFile(ReadFilter filter = default, CancellationToken cancellation = default) =>
        CountRange(new VirtualRange(file.Header.FirstRecord, VirtualOffset.End), filter, cancellation);

    /// <summary>
    /// Counts the records that start in a range; ranges that lie side by side never count one twice. The range begins where
    /// a record starts.
    /// </summary>
    /// <inheritdoc cref="CountReference"/>
    public FileScanResult CountRange(VirtualRange range, ReadFilter filter = default, CancellationToken cancellation = default)
    {
        var tally = new CountByReference(filter, new long[file.Header.References.Count + 1]);
        var pass = _passes.Range(range, tally, cancellation);
        return new FileScanResult(tally.Counts[1..], tally.Counts[0], pass.Records, pass.BytesRead, pass.Warnings);
    }

    private static PassStop? StopOf(Func<bool>? isWanted) => isWanted is null ? null : new(isWanted);

    private static ScanResult Result(Pass<Count> pass) => new(pass.Tally.Passed, pass.Records, pass.BytesRead, pass.Warnings) { Rest = pass.Rest };

    private struct Count(ReadFilter filter) : IRecordTally
    {
        public long Passed { get; private set; }

        public void Add(BamRecordReader record)
        {
            if (filter.Passes(record.Flags, record.MappingQuality))
                Passed++;
        }
    }

    private readonly struct CountByReference(ReadFilter filter, long[] counts) : IRecordTally
    {
        // Index 0 is refID -1: one array access for each record, no question asked.
        public long[] Counts => counts;

        public void Add(BamRecordReader record)
        {
            if (filter.Passes(record.Flags, record.MappingQuality))
                counts[record.ReferenceId + 1]++;
        }
    }
}
