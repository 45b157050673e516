using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Scan;

/// <summary>Counts parts of one file on one worker.</summary>
/// <param name="bam">The file.</param>
/// <param name="choice">Which index goes with it: only a split needs one.</param>
/// <param name="filter">Which reads count.</param>
/// <param name="shortestPiece">Bytes that a piece of a part has at least.</param>
internal sealed class ScanWork(OpenedBam bam, IndexChoice choice, ReadFilter filter, long shortestPiece) : ISplittableWork<BamPart, ScanCounts>, IDisposable
{
    private readonly BamScanner _scanner = new(bam.File);
    private readonly Lazy<BamIndex?> _index = new(() => FindIndex(bam.File, choice));

    public ScanCounts Execute(BamPart task, TaskContext context, TaskSplit<BamPart> split) => BamInput.Guard(bam.File.Path, () => task.Kind switch
    {
        BamPartKind.Reference => One(task, split, bam.SliceOf(task), (slice, stop) => _scanner.CountSlice(slice, filter, context.Cancellation, stop)),
        BamPartKind.Region => One(task, split, bam.SliceOf(task), (slice, stop) => _scanner.CountSlice(slice, Region.Of(bam.File.Header.References[task.Reference], task.First, task.Last), filter, context.Cancellation, stop)),
        // An index has no places within these, or there is none: nobody could begin in the middle.
        BamPartKind.Unplaced => CountsOf(task, _scanner.CountSlice(task.ToSlice() with { ReferenceId = -1 }, filter, context.Cancellation)),
        BamPartKind.WholeFile => All(_scanner.CountFile(filter, context.Cancellation)),
        _ => throw bam.Unknown(task.Kind),
    });

    /// <summary>What two pieces of a part come to, or of a file.</summary>
    public static ScanCounts Merge(ScanCounts first, ScanCounts second) => new(
        [.. first.Rows.Zip(second.Rows, (a, b) => a with { Reads = a.Reads + b.Reads })],
        first.Records + second.Records,
        first.IsTruncated || second.IsTruncated);

    public void Dispose() => bam.Dispose();

    /// <summary>Counts a part, or what of it is read when a split is wanted that can be made.</summary>
    private ScanCounts One(BamPart task, TaskSplit<BamPart> split, BamSlice slice, Func<BamSlice, Func<bool>, ScanResult> count)
    {
        var result = count(slice, () => split.Pieces > 0);
        var counts = CountsOf(task, result);
        if (result.Rest is not { } rest) return counts;
        if (Divide(rest, split.Pieces) is { Count: > 1 } pieces)
        {
            split.GiveBack([.. pieces.Select(task.Of)]);
            return counts;
        }

        // Nowhere to cut, or too little left.
        return Merge(counts, CountsOf(task, count(rest, () => false)));
    }

    private IReadOnlyList<BamSlice> Divide(BamSlice rest, int pieces)
    {
        if (_index.Value is not { } index) return [rest];
        var size = Math.Max(shortestPiece, (rest.CompressedBytes / pieces) + 1);
        return new BamSlicer(bam.File, index, _ => size).Slice(rest);
    }

    private static BamIndex? FindIndex(BamFile file, IndexChoice choice)
    {
        try
        {
            return FoundIndex.Of(file, choice).Index;
        }
        catch (Exception e) when (e is InputException or IOException or UnauthorizedAccessException)
        {
            // It was there for the plan: without it the part is read to its end here.
            return null;
        }
    }

    private static ScanCounts CountsOf(BamPart task, ScanResult result) => new([new(task.Label, task.Length, result.Count)], result.Records, result.Truncated);

    private ScanCounts All(FileScanResult result) => new(
        [.. bam.File.Header.References.Select(reference => new ScanCount(reference.Name, reference.Length, result.References[reference.Id])), new("*", 0, result.Unplaced)],
        result.Records,
        result.Truncated);
}
