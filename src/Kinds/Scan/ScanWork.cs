using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kinds.Scan;

/// <summary>Counts parts of one file on one worker; the header and the index are read once and shared by its slots.</summary>
internal sealed class ScanWork : ITaskWork<ScanTask, ScanCounts>, IDisposable
{
    private readonly BamFile _file;
    private readonly BamScanner _scanner;
    private readonly ReadFilter _filter;

    private ScanWork(BamFile file, BamIndex? index, ReadFilter filter) => (_file, _scanner, _filter) = (file, new(file, index), filter);

    /// <exception cref="InputException">The file cannot be used on this machine.</exception>
    public static ScanWork Open(ScanParameters parameters)
    {
        var file = BamInput.OpenFile(parameters.File);
        try
        {
            return new(file, BamInput.OpenIndex(file), new(parameters.RequiredFlags, parameters.ExcludedFlags, parameters.MinimumMappingQuality));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public ScanCounts Execute(ScanTask task, TaskContext context) => BamInput.Guard(_file.Path, () => task.Target switch
    {
        ScanTarget.Reference => One(task, _scanner.CountReference(Known(task), _filter, context.Cancellation)),
        ScanTarget.Region => One(task, _scanner.CountRegion(Region.Of(_file.Header.References[Known(task)], task.First, task.Last), _filter, context.Cancellation)),
        ScanTarget.Unplaced => One(task, _scanner.CountUnplaced(_filter, context.Cancellation)),
        ScanTarget.WholeFile => All(_scanner.CountFile(_filter, context.Cancellation)),
        _ => throw new InputException($"this worker cannot scan '{task.Target}'; run the same release on client and workers."),
    });

    public void Dispose() => _file.Dispose();

    private static ScanCounts One(ScanTask task, ScanResult result) => new([new(task.Label, task.Length, result.Count)], result.Truncated);

    private ScanCounts All(FileScanResult result) => new(
        [.. _file.Header.References.Select(reference => new ScanRow(reference.Name, reference.Length, result.References[reference.Id])), new("*", 0, result.Unplaced)],
        result.Truncated);

    private int Known(ScanTask task) => task.Reference >= 0 && task.Reference < _file.Header.References.Count
        ? task.Reference
        : throw new InputException($"{_file.Path}: has no reference number {task.Reference}; is it the client's file?");
}
