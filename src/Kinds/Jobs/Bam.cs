using System.Globalization;
using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds;

namespace ActorCompute;

/// <summary>Jobs over BAM files, for <c>cluster.Run</c>. The workers read the file where it lies, under the same path as the client.</summary>
public static class Bam
{
    /// <summary>Counts the reads of a file by reference sequence or region.</summary>
    /// <param name="path">The file; with an index (<c>.bai</c>, <c>.csi</c>) its parts are counted at the same time.</param>
    /// <param name="options">Which reads, and where.</param>
    /// <returns>A row for each reference or region, as it is counted.</returns>
    /// <exception cref="InputException">The file, its index or an option cannot be used.</exception>
    public static Job<ScanRow> Scan(string path, BamScanOptions? options = null)
    {
        options ??= new();
        var values = Values(path, options.IndexFile);
        foreach (var region in options.Regions) values.Add("region", region);
        values.Add("require-flags", Text(options.RequiredFlags)).Add("exclude-flags", Text(options.ExcludedFlags)).Add("min-mapq", Text(options.MinimumMappingQuality));
        if (options.IgnoreIndex) values.Add("no-index", "true");
        return BuiltInKinds.Scan.WithTexts(values);
    }

    /// <summary>Counts the reads of a file by their flags, as <c>samtools flagstat</c> does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="indexFile">Its index, where that is not beside it.</param>
    /// <returns>A row for each category, at the end.</returns>
    /// <exception cref="InputException">The file or its index cannot be used.</exception>
    public static Job<FlagstatRow> Flagstat(string path, string? indexFile = null) => BuiltInKinds.Flagstat.WithTexts(Values(path, indexFile));

    /// <summary>Measures the mean coverage of references, windows or regions, as mosdepth does.</summary>
    /// <param name="path">The file; it needs an index.</param>
    /// <param name="options">What the rows are, and which reads count.</param>
    /// <returns>A row for each reference, window or region, as it is measured.</returns>
    /// <exception cref="InputException">The file, its index or an option cannot be used.</exception>
    public static Job<DepthRow> Depth(string path, BamDepthOptions? options = null)
    {
        options ??= new();
        if (options is { WindowLength: not null, BedFile: not null }) throw new InputException("windows and a BED file: the rows are of one or the other; leave one of them out.");
        var values = Values(path, options.IndexFile);
        if ((options.WindowLength is { } window ? Text(window) : options.BedFile) is { } by) values.Add("by", by);
        values.Add("exclude-flags", Text(options.ExcludedFlags)).Add("min-mapq", Text(options.MinimumMappingQuality));
        if (options.FastMode) values.Add("fast-mode", "true");
        return BuiltInKinds.Depth.WithTexts(values);
    }

    private static ParameterValues Values(string path, string? indexFile)
    {
        ArgumentNullException.ThrowIfNull(path);
        var values = new ParameterValues().Add("file", path);
        return indexFile is null ? values : values.Add("index", indexFile);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Which reads a scan counts.</summary>
public sealed record BamScanOptions
{
    /// <summary>Count the reads that overlap these, as samtools writes them (<c>chr2</c>, <c>chr2:1,000-2,000</c>, <c>*</c>); none for all references.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Only reads with all of these flags (<c>-f</c> of samtools).</summary>
    public ushort RequiredFlags { get; init; }

    /// <summary>No reads with any of these flags (<c>-F</c>).</summary>
    public ushort ExcludedFlags { get; init; }

    /// <summary>No reads with a lower one (<c>-q</c>).</summary>
    public byte MinimumMappingQuality { get; init; }

    /// <summary>The index, where it is not beside the file.</summary>
    public string? IndexFile { get; init; }

    /// <summary>Leaves the index alone: one worker reads the file from end to end.</summary>
    public bool IgnoreIndex { get; init; }
}

/// <summary>What is measured of the coverage, and which reads count.</summary>
public sealed record BamDepthOptions
{
    /// <summary>A row for each window of so many bases.</summary>
    public uint? WindowLength { get; init; }

    /// <summary>A row for each region of this BED file. Without it and <see cref="WindowLength"/>, one for each reference.</summary>
    public string? BedFile { get; init; }

    /// <summary>Reads with any of these flags do not count; by default unmapped, secondary, failed and duplicate ones (1796), as with mosdepth.</summary>
    public ushort ExcludedFlags { get; init; } = DepthOptions.DefaultExcludedFlags;

    /// <summary>Nor do reads with a lower one.</summary>
    public byte MinimumMappingQuality { get; init; }

    /// <summary>Deletions count as covered, and both mates of a pair where they overlap.</summary>
    public bool FastMode { get; init; }

    /// <summary>The index, where it is not beside the file.</summary>
    public string? IndexFile { get; init; }
}
