namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Counts the records of a BAM file as <c>samtools view -c</c> does. A count is a single pass on the calling thread; the
/// scanner keeps no state between counts, so many threads can use one at once.
/// </summary>
/// <remarks>
/// A count is right, or flagged as truncated, or an exception says where the file is damaged; damage outside of what is
/// scanned does not matter. A count that contradicts the index is an exception too: the index is then another file's.
/// </remarks>
public sealed class BamScanner
{
    private readonly BamFile _file;
    private readonly BamIndex? _index;
    private readonly InflaterProvider _inflaters;

    /// <param name="file">The file; it stays open as long as the scanner is used.</param>
    /// <param name="index">Its index; without it only whole files and ranges can be counted.</param>
    /// <param name="inflaters">The library to inflate with; <see cref="Inflaters.Default"/> when not given.</param>
    public BamScanner(BamFile file, BamIndex? index = null, InflaterProvider? inflaters = null)
    {
        _file = file;
        _index = index;
        _inflaters = inflaters ?? Inflaters.Default;
    }

    private BamIndex Index => _index
        ?? throw new InvalidOperationException("Only a whole file can be counted without an index.");

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
        ArgumentOutOfRangeException.ThrowIfNegative(referenceId);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(referenceId, _file.Header.References.Count);
        var result = new ScanResult(0, 0, 0, ScanWarnings.None);
        if (Index.RangeOf(referenceId) is { } range)
        {
            using var walk = new Walk(_file, _inflaters, filter, cancellation);
            result = walk.CountPlaced(range, referenceId, this);
        }

        var expected = Index.CountsOf(referenceId)?.Total ?? result.Records;
        CheckCount($"reference '{_file.Header.References[referenceId].Name}'", expected, result);
        return result;
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

        var begin = region.First - 1;
        using var walk = new Walk(_file, _inflaters, filter, cancellation);
        return walk.CountOverlapping(Index.Query(reference.Id, begin, region.Last), reference.Id, begin, region.Last, this);
    }

    /// <summary>Counts the records without a reference, as <c>samtools view -c FILE '*'</c>. They are last in a file.</summary>
    /// <inheritdoc cref="CountReference"/>
    public ScanResult CountUnplaced(ReadFilter filter = default, CancellationToken cancellation = default)
    {
        var range = new VirtualRange(Index.EndOfPlaced ?? _file.Header.FirstRecord, VirtualOffset.End);
        using var walk = new Walk(_file, _inflaters, filter, cancellation);
        var result = walk.CountPlaced(range, -1, this);
        CheckCount("the unplaced records", Index.Unplaced ?? result.Records, result);
        return result;
    }

    /// <summary>Counts all records of the file, reading it from one end to the other; needs no index and no order.</summary>
    /// <inheritdoc cref="CountReference"/>
    public FileScanResult CountFile(ReadFilter filter = default, CancellationToken cancellation = default) =>
        CountRange(new VirtualRange(_file.Header.FirstRecord, VirtualOffset.End), filter, cancellation);

    /// <summary>
    /// Counts the records that start in a range; ranges that lie side by side never count one twice. The range begins where
    /// a record starts.
    /// </summary>
    /// <inheritdoc cref="CountReference"/>
    public FileScanResult CountRange(VirtualRange range, ReadFilter filter = default, CancellationToken cancellation = default)
    {
        using var walk = new Walk(_file, _inflaters, filter, cancellation);
        return walk.CountAll(range);
    }

    internal BamIndexException NotOurIndex(string detail) => BamIndex.Mismatch(Index.Path, _file.Path, detail);

    private void CheckCount(string what, long expected, ScanResult result)
    {
        if (result.Records != expected && !result.Truncated)
            throw NotOurIndex($"it has {expected} records for {what}, the file has {result.Records}");
    }
}
