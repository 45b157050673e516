using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Scan;

/// <summary>Counts parts of one file on one worker.</summary>
internal sealed class ScanWork(OpenedBam bam, ReadFilter filter) : ITaskWork<BamPart, ScanCounts>, IDisposable
{
    private readonly BamScanner _scanner = new(bam.File);

    public ScanCounts Execute(BamPart task, TaskContext context) => BamInput.Guard(bam.File.Path, () => task.Kind switch
    {
        BamPartKind.Reference => One(task, _scanner.CountSlice(bam.SliceOf(task), filter, context.Cancellation)),
        BamPartKind.Region => One(task, _scanner.CountSlice(bam.SliceOf(task), Region.Of(bam.File.Header.References[task.Reference], task.First, task.Last), filter, context.Cancellation)),
        BamPartKind.Unplaced => One(task, _scanner.CountSlice(task.ToSlice() with { ReferenceId = -1 }, filter, context.Cancellation)),
        BamPartKind.WholeFile => All(_scanner.CountFile(filter, context.Cancellation)),
        _ => throw bam.Unknown(task.Kind),
    });

    public void Dispose() => bam.Dispose();

    private static ScanCounts One(BamPart task, ScanResult result) => new([new(task.Label, task.Length, result.Count)], result.Records, result.Truncated);

    private ScanCounts All(FileScanResult result) => new(
        [.. bam.File.Header.References.Select(reference => new ScanRow(reference.Name, reference.Length, result.References[reference.Id])), new("*", 0, result.Unplaced)],
        result.Records,
        result.Truncated);
}
