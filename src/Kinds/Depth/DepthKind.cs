using System.Globalization;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kernels.Numbers;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Depth;

/// <summary>Mean coverage of references, windows or regions, as mosdepth counts it: a task for each stretch of a reference.</summary>
/// <remarks>The workers read the file where it lies, under the same path as the client.</remarks>
internal sealed class DepthKind : SplittableJobKind<DepthParameters, DepthTask, DepthResult, DepthRow>
{
    // Each piece reads again what overlaps its begin, and seeks for it: some blocks of the file.
    private const long ShortestPiece = 1 << 17;

    public override string Name => "depth";

    /// <summary>For tests: the bases that a piece of a stretch has at least.</summary>
    internal long MinPieceBases { get; init; } = ShortestPiece;

    /// <remarks>2: which index, and how many reads it has. 3: pieces of stretches. 4: when the file was written.</remarks>
    public override string Version => "4";

    public override string Summary => "Measures the mean coverage of references, windows or regions in a BAM file, as mosdepth.";

    public override IReadOnlyList<ParameterDescription> Parameters { get; } =
    [
        new("file", "the BAM file; it needs an index", IsRequired: true),
        new("by", "a row for each window of so many bases, or for each region of a BED file; default: for each reference"),
        new("exclude-flags", $"reads with any of these flags do not count; default {DepthOptions.DefaultExcludedFlags} (UNMAP,SECONDARY,QCFAIL,DUP)"),
        new("min-mapq", "nor do reads with a lower mapping quality, 0 to 255; default 0"),
        new("fast-mode", "true: deletions count as covered, and both mates of a pair where they overlap; default false"),
        IndexChoice.IndexParameter,
    ];

    protected override DepthParameters ReadParameters(ParameterValues values)
    {
        var (window, bed) = By(values.Optional("by"));
        var (file, index) = IndexChoice.Read(values);
        return new(
            file,
            index,
            window,
            bed,
            FilterText.Flags(values, "exclude-flags", DepthOptions.DefaultExcludedFlags),
            FilterText.MappingQuality(values, "min-mapq"),
            values.Optional("fast-mode") is { } fast && (bool.TryParse(fast, out var isFast) ? isFast : throw new InputException($"fast-mode={fast}: give true or false.")));
    }

    protected override DepthParameters WithoutFileTimes(DepthParameters parameters) => parameters with { File = parameters.File.WithoutTime() };

    protected override JobPlan<DepthTask> Plan(DepthParameters parameters, CancellationToken cancellation) => DepthPlanner.Plan(parameters, cancellation);

    protected override ISplittableWork<DepthTask, DepthResult> Open(DepthParameters parameters) => DepthWork.Open(parameters, MinPieceBases);

    protected override DepthResult Merge(DepthResult first, DepthResult second) => DepthWork.Merge(first, second);

    protected override IReduction<DepthTask, DepthResult, DepthRow> Reduce(DepthParameters parameters) =>
        parameters is { Window: 0, BedFile: null } ? new ReferenceDepths() : new RegionDepths(hasNames: parameters.BedFile is not null);

    // As mosdepth: what is a number is a window, anything else a file.
    private static (long Window, string? BedFile) By(string? by)
    {
        if (by is null) return (0, null);
        if (by.Length == 0) throw new InputException("by: give the length of windows in bases, or a BED file.");
        if (!char.IsAsciiDigit(by[0]) || !NumberText.TryParse(by, out var window, out _)) return (0, by);
        return window is >= 1 and <= uint.MaxValue
            ? ((long)window, null)
            : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"by={by}: a window has 1 to {uint.MaxValue} bases."));
    }
}
