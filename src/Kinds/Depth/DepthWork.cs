using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Depth;

/// <summary>Measures stretches of one file on one worker.</summary>
internal sealed class DepthWork : ITaskWork<DepthTask, DepthResult>, IDisposable
{
    private readonly OpenedBam _bam;
    private readonly DepthScanner _scanner;
    private readonly DepthOptions _options;

    private DepthWork(OpenedBam bam, BamIndex index, DepthOptions options) => (_bam, _scanner, _options) = (bam, new(bam.File, index), options);

    /// <exception cref="InputException">The file cannot be used on this machine.</exception>
    public static DepthWork Open(DepthParameters parameters)
    {
        var bam = OpenedBam.Open(parameters.File);
        try
        {
            var index = FoundIndex.Of(bam.File, parameters.Index).Required(bam.File, "depth needs");
            return new(bam, index, new(parameters.ExcludedFlags, parameters.MinimumMappingQuality, parameters.FastMode));
        }
        catch
        {
            bam.Dispose();
            throw;
        }
    }

    public DepthResult Execute(DepthTask task, TaskContext context) => BamInput.Guard(_bam.File.Path, () =>
    {
        var reference = _bam.File.Header.References[_bam.Known(task.Reference)];
        if (task.Begin < 0 || task.End < task.Begin || task.End > reference.Length || task.End - task.Begin > DepthScanner.LongestStretch || task.Window < 0 || task.Length != reference.Length)
            throw new InputException($"{_bam.File.Path}: {task.Label} is no stretch of reference {task.Reference}; is it the client's file?");
        using var stretch = _scanner.Measure(reference.Id, task.Begin, task.End, _options, context.Cancellation);
        var bases = new List<long>();
        foreach (var target in task.Targets())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            bases.Add(stretch.Sum(target.Begin, target.End));
        }

        var (min, max) = stretch.Extremes();
        return new DepthResult(bases, min, max, stretch.Truncated, stretch.Starts);
    });

    public void Dispose() => _bam.Dispose();
}
