namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Counts the records of a BAM file by their flags, as <c>samtools flagstat</c> does. The statistics of a file are the sum
/// of those of its references and of the unplaced records. Threads can share one, as <see cref="BamScanner"/>.
/// </summary>
/// <param name="file">The file; it stays open as long as the scanner is used.</param>
/// <param name="index">Its index; without it only the whole file can be counted.</param>
/// <param name="inflaters">The library to inflate with; <see cref="Inflaters.Default"/> when not given.</param>
public sealed class FlagstatScanner(BamFile file, BamIndex? index = null, InflaterProvider? inflaters = null)
{
    private readonly BamPasses _passes = new(file, index, inflaters);

    /// <summary>Counts the records placed on a reference.</summary>
    /// <inheritdoc cref="BamScanner.CountReference"/>
    public FlagstatResult CountReference(int referenceId, CancellationToken cancellation = default) =>
        Result(_passes.Reference(referenceId, new FlagHistogram(), cancellation));

    /// <summary>Counts the records without a reference.</summary>
    /// <inheritdoc cref="BamScanner.CountReference"/>
    public FlagstatResult CountUnplaced(CancellationToken cancellation = default) =>
        Result(_passes.Unplaced(new FlagHistogram(), cancellation));

    /// <summary>Counts the records of a part.</summary>
    /// <inheritdoc cref="BamScanner.CountReference"/>
    public FlagstatResult CountPart(BamPart part, CancellationToken cancellation = default) =>
        Result(_passes.Part(part, new FlagHistogram(), cancellation));

    /// <summary>Counts all records, reading the file from one end to the other; needs no index and no order.</summary>
    /// <inheritdoc cref="BamScanner.CountReference"/>
    public FlagstatResult CountFile(CancellationToken cancellation = default) =>
        Result(_passes.WholeFile(new FlagHistogram(), cancellation));

    private static FlagstatResult Result(Pass<FlagHistogram> pass) => new(pass.Tally.Take(), pass.BytesRead, pass.Warnings);
}

/// <summary>The outcome of counting by flags.</summary>
/// <param name="Statistics">The numbers.</param>
/// <param name="BytesRead">Of the file, compressed as they are there.</param>
/// <param name="Warnings">What else to tell.</param>
public sealed record FlagstatResult(FlagStatistics Statistics, long BytesRead, ScanWarnings Warnings)
{
    /// <inheritdoc cref="ScanResult.Truncated"/>
    public bool Truncated => Warnings != ScanWarnings.None;
}
