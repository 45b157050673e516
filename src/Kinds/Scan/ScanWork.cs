using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Scan;

/// <summary>Counts parts of one file on one worker.</summary>
/// <param name="bam">The file.</param>
/// <param name="choice">Which index goes with it: only a split needs one.</param>
/// <param name="filter">Which reads count.</param>
/// <param name="shortestPiece">Bytes that a piece of a part has at least.</param>
internal sealed class ScanWork(OpenedBam bam, IndexChoice choice, ReadFilter filter, long shortestPiece) : ISplittableWork<BamTask, ScanCounts>, IDisposable
{
    private readonly BamScanner _scanner = new(bam.File);
    private readonly Lazy<BamIndex?> _index = new(() => FindIndex(bam.File, choice));

    public ScanCounts Execute(BamTask task, TaskContext context, TaskSplit<BamTask> split) => BamInput.Guard(bam.File.Path, () => task.Kind switch
    {
        BamTargetKind.Reference => One(task, split, bam.PartOf(task), (part, stop) => _scanner.CountPart(part, filter, context.Cancellation, stop)),
        BamTargetKind.Region => One(task, split, bam.PartOf(task), (part, stop) => _scanner.CountPart(part, Region.Of(bam.File.Header.References[task.Part.ReferenceId], task.First, task.Last), filter, context.Cancellation, stop)),
        // An index has no places within these, or there is none: nobody could begin in the middle.
        BamTargetKind.Unplaced => CountsOf(task, _scanner.CountPart(OpenedBam.UnplacedOf(task), filter, context.Cancellation)),
        BamTargetKind.WholeFile => All(_scanner.CountFile(filter, context.Cancellation)),
        _ => throw bam.Unknown(task.Kind),
    });

    /// <summary>What two pieces of a part come to, or of a file.</summary>
    public static ScanCounts Merge(ScanCounts first, ScanCounts second) => new(
        [.. first.Rows.Zip(second.Rows, (a, b) => a with { Reads = a.Reads + b.Reads })],
        first.Records + second.Records,
        first.IsTruncated || second.IsTruncated);

    public void Dispose() => bam.Dispose();

    /// <summary>Counts a part, or what of it is read when a split is wanted that can be made.</summary>
    private ScanCounts One(BamTask task, TaskSplit<BamTask> split, BamPart part, Func<BamPart, Func<bool>, ScanResult> count)
    {
        var result = count(part, () => split.Pieces > 0);
        var counts = CountsOf(task, result);
        if (result.Rest is not { } rest) return counts;
        if (Divide(rest, split.Pieces) is { Count: > 1 } pieces)
        {
            split.GiveBack([.. pieces.Select(piece => task with { Part = piece })]);
            return counts;
        }

        // Nowhere to cut, or too little left.
        return Merge(counts, CountsOf(task, count(rest, () => false)));
    }

    private IReadOnlyList<BamPart> Divide(BamPart rest, int pieces)
    {
        if (_index.Value is not { } index) return [rest];
        var size = Math.Max(shortestPiece, (rest.CompressedBytes / pieces) + 1);
        return new BamCutter(bam.File, index, _ => size).Part(rest);
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

    private static ScanCounts CountsOf(BamTask task, ScanResult result) => new([new(task.Label, task.Length, result.Count)], result.Records, result.Truncated);

    private ScanCounts All(FileScanResult result) => new(
        [.. bam.File.Header.References.Select(reference => new ScanCount(reference.Name, reference.Length, result.References[reference.Id])), new("*", 0, result.Unplaced)],
        result.Records,
        result.Truncated);
}
