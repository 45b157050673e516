using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Depth;

/// <summary>Measures stretches of one file on one worker.</summary>
internal sealed class DepthWork : ISplittableWork<DepthTask, DepthResult>, IDisposable
{
    // Each piece carries all of them: some 100 KB.
    private const int MostRegionsToSplit = 1000;

    private readonly OpenedBam _bam;
    private readonly DepthScanner _scanner;
    private readonly DepthOptions _options;
    private readonly long _shortestPiece;

    private DepthWork(OpenedBam bam, BamIndex index, DepthOptions options, long shortestPiece) =>
        (_bam, _scanner, _options, _shortestPiece) = (bam, new(bam.File, index), options, shortestPiece);

    /// <param name="parameters">What is to be measured.</param>
    /// <param name="shortestPiece">Bases that a piece of a stretch has at least.</param>
    /// <exception cref="InputException">The file cannot be used on this machine.</exception>
    public static DepthWork Open(DepthParameters parameters, long shortestPiece)
    {
        var bam = OpenedBam.Open(parameters.File);
        try
        {
            var index = FoundIndex.Of(bam.File, parameters.Index).Required(bam.File, "depth needs");
            return new(bam, index, new(parameters.ExcludedFlags, parameters.MinimumMappingQuality, parameters.FastMode), shortestPiece);
        }
        catch
        {
            bam.Dispose();
            throw;
        }
    }

    public DepthResult Execute(DepthTask task, TaskContext context, TaskSplit<DepthTask> split) => BamInput.Guard(_bam.File.Path, () =>
    {
        var reference = _bam.File.Header.References[_bam.Known(task.Reference)];
        if (!IsStretch(task, reference)) throw new InputException($"{_bam.File.Path}: {task.Label} is no stretch of reference {task.Reference}; is it the client's file?");
        var (done, end) = Measure(task, context.Cancellation, () => split.Pieces > 0 && task.Regions is not { Count: > MostRegionsToSplit });
        if (end == task.End) return done;
        var rest = task with { Begin = end, Whole = task.Whole ?? new ReferenceStretch(task.Begin, task.End) };
        if (Divide(rest, split.Pieces) is { Count: > 1 } pieces)
        {
            split.GiveBack(pieces);
            return done;
        }

        // Too little left.
        return Merge(done, Measure(rest, context.Cancellation, () => false).Done);
    });

    /// <summary>What two pieces of a stretch come to.</summary>
    public static DepthResult Merge(DepthResult first, DepthResult second) => new(
        [.. first.Bases.Zip(second.Bases, (a, b) => a + b)],
        Math.Min(first.Min, second.Min),
        Math.Max(first.Max, second.Max),
        first.IsTruncated || second.IsTruncated,
        first.Starts + second.Starts);

    public void Dispose() => _bam.Dispose();

    private static bool IsStretch(DepthTask task, ReferenceSequence reference) =>
        task.Begin >= 0 && task.End >= task.Begin && task.End <= reference.Length && task.End - task.Begin <= DepthScanner.LongestStretch && task.Window >= 0 && task.Length == reference.Length
        && (task.Whole is not { } whole || (whole.Begin >= 0 && whole.Begin <= task.Begin && whole.End >= task.End && whole.End - whole.Begin <= DepthScanner.LongestStretch));

    private List<DepthTask> Divide(DepthTask rest, int pieces)
    {
        var length = Math.Max(_shortestPiece, ((rest.End - rest.Begin) / pieces) + 1);
        var tasks = new List<DepthTask>();
        for (var begin = rest.Begin; begin < rest.End; begin += length) tasks.Add(rest with { Begin = begin, End = Math.Min(begin + length, rest.End) });
        return tasks;
    }

    private (DepthResult Done, long End) Measure(DepthTask task, CancellationToken cancellation, Func<bool> stop)
    {
        using var stretch = _scanner.Measure(task.Reference, task.Begin, task.End, _options, cancellation, stop);
        var bases = new List<long>();
        foreach (var target in task.Targets())
        {
            cancellation.ThrowIfCancellationRequested();
            bases.Add(stretch.Sum(target.Begin, target.End));
        }

        var (min, max) = stretch.Extremes();
        return (new(bases, min, max, stretch.Truncated, stretch.Starts), stretch.End);
    }
}
