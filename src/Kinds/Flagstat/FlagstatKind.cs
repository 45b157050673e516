using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Flagstat;

/// <summary>Counts the reads of a BAM file by their flags, as <c>samtools flagstat</c>: references in parts, a task for each.</summary>
/// <remarks>The workers read the file where it lies, under the same path as the client.</remarks>
internal sealed class FlagstatKind : JobKind<FlagstatParameters, BamTask, FlagstatCounts, FlagstatRow>
{
    /// <summary>For tests: how large parts are; null for what suits workers.</summary>
    internal Func<long, long>? PartSizeAt { get; init; }

    public override string Name => "flagstat";

    /// <remarks>2: parts of references, with their places in the file. 3: which index. 4: when the file was written.</remarks>
    public override string Version => "4";

    public override string Summary => "Counts the reads of a BAM file by their flags, as samtools flagstat.";

    public override IReadOnlyList<ParameterDescription> Parameters { get; } = [new("file", "the BAM file", IsRequired: true), IndexChoice.IndexParameter, IndexChoice.NoIndexParameter];

    protected override ICodec<FlagstatParameters> ParametersCodec => FlagstatParametersCodec.Instance;

    protected override ICodec<BamTask> TaskCodec => BamTaskCodec.Instance;

    protected override ICodec<FlagstatCounts> ResultCodec => FlagstatCountsCodec.Instance;

    protected override FlagstatParameters ReadParameters(ParameterValues values)
    {
        var (file, index) = IndexChoice.Read(values);
        return new(file, index);
    }

    protected override FlagstatParameters WithoutFileTimes(FlagstatParameters parameters) => parameters with { File = parameters.File.WithoutTime() };

    protected override JobPlan<BamTask> Plan(FlagstatParameters parameters, CancellationToken cancellation) => BamPlanner.Plan(parameters.File, parameters.Index, [], PartSizeAt);

    protected override ITaskWork<BamTask, FlagstatCounts> Open(FlagstatParameters parameters) => new Work(OpenedBam.Open(parameters.File));

    protected override IReduction<BamTask, FlagstatCounts, FlagstatRow> Reduce(FlagstatParameters parameters) => new FlagstatReduction(parameters.File.Path);

    private sealed class Work(OpenedBam bam) : ITaskWork<BamTask, FlagstatCounts>, IDisposable
    {
        private readonly FlagstatScanner _scanner = new(bam.File);

        public FlagstatCounts Execute(BamTask task, TaskContext context) => BamInput.Guard(bam.File.Path, () =>
        {
            var result = task.Kind switch
            {
                BamTargetKind.Reference => _scanner.CountPart(bam.PartOf(task), context.Cancellation),
                BamTargetKind.Unplaced => _scanner.CountPart(OpenedBam.UnplacedOf(task), context.Cancellation),
                BamTargetKind.WholeFile => _scanner.CountFile(context.Cancellation),
                _ => throw bam.Unknown(task.Kind),
            };
            return new FlagstatCounts(result.Statistics, result.Truncated);
        });

        public void Dispose() => bam.Dispose();
    }
}

/// <summary>What is to be counted.</summary>
/// <param name="File">The file, as the client saw it.</param>
/// <param name="Index">Which index goes with it.</param>
internal sealed record FlagstatParameters(InputFile File, IndexChoice Index);

/// <summary>What was counted in a part of the file.</summary>
/// <param name="Statistics">The numbers.</param>
/// <param name="IsTruncated">The file was cut off; what is there was counted.</param>
internal sealed record FlagstatCounts(FlagStatistics Statistics, bool IsTruncated);
