using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Scan;

/// <summary>Counts the reads of a BAM file: by reference sequence or by region. The large ones are cut into parts, a task for each.</summary>
/// <remarks>The workers read the file where it lies, under the same path as the client.</remarks>
internal sealed class ScanKind : SplittableJobKind<ScanParameters, BamTask, ScanCounts, ScanRow>
{
    // A shorter piece costs more to send than to read: 10 ms of inflating.
    private const long ShortestPiece = 2 << 20;

    /// <summary>For tests: how large parts are; null for what suits workers.</summary>
    internal Func<long, long>? PartSizeAt { get; init; }

    /// <summary>For tests: the bytes that a piece of a part has at least.</summary>
    internal long MinPieceBytes { get; init; } = ShortestPiece;

    public override string Name => "scan";

    /// <remarks>2: parts of references, with their places in the file. 3: which index. 4: when the file was written.</remarks>
    public override string Version => "4";

    public override string Summary => "Counts the reads of a BAM file by reference sequence or region.";

    public override IReadOnlyList<ParameterDescription> Parameters { get; } =
    [
        new("file", "the BAM file", IsRequired: true),
        new("region", "count the reads that overlap it, as chr2, chr2:1,000-2,000, {name:with:colons}:1-5 or *", IsRepeatable: true),
        new("exclude-flags", "skip reads with any of these flags: a number, or names as UNMAP,SECONDARY"),
        new("require-flags", "skip reads without all of these flags"),
        new("min-mapq", "skip reads with a lower mapping quality, 0 to 255"),
        IndexChoice.IndexParameter,
        IndexChoice.NoIndexParameter,
    ];

    protected override ICodec<ScanParameters> ParametersCodec => ScanParametersCodec.Instance;

    protected override ICodec<BamTask> TaskCodec => BamTaskCodec.Instance;

    protected override ICodec<ScanCounts> ResultCodec => ScanCountsCodec.Instance;

    protected override ScanParameters ReadParameters(ParameterValues values)
    {
        var (file, index) = IndexChoice.Read(values);
        return new(
            file,
            index,
            values.All("region"),
            FilterText.Flags(values, "require-flags"),
            FilterText.Flags(values, "exclude-flags"),
            FilterText.MappingQuality(values, "min-mapq"));
    }

    protected override ScanParameters WithoutFileTimes(ScanParameters parameters) => parameters with { File = parameters.File.WithoutTime() };

    protected override JobPlan<BamTask> Plan(ScanParameters parameters, CancellationToken cancellation) => BamPlanner.Plan(parameters.File, parameters.Index, parameters.Regions, PartSizeAt);

    protected override ISplittableWork<BamTask, ScanCounts> Open(ScanParameters parameters) =>
        new ScanWork(OpenedBam.Open(parameters.File), parameters.Index, new(parameters.RequiredFlags, parameters.ExcludedFlags, parameters.MinimumMappingQuality), MinPieceBytes);

    protected override ScanCounts Merge(ScanCounts first, ScanCounts second) => ScanWork.Merge(first, second);

    protected override IReduction<BamTask, ScanCounts, ScanRow> Reduce(ScanParameters parameters) => new ScanReduction(parameters.File.Path);
}
