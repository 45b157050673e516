namespace ActorCompute.Kernels.Genomics;

/// <summary>What a scan noticed without failing.</summary>
[Flags]
public enum ScanWarnings
{
    None = 0,

    /// <summary>
    /// The scan went to the end of the file, and there is no end-of-file block: the file was probably cut off between two
    /// blocks. What is there was counted.
    /// </summary>
    NoEndOfFileBlock = 1,

    /// <summary>The file ends before what was to be scanned does: what is there was counted.</summary>
    CutShort = 2,
}

/// <summary>The outcome of scanning a reference, a region or the unplaced records.</summary>
/// <param name="Count">The records that are in it and pass the filter.</param>
/// <param name="Records">The records that are in it, filter or not.</param>
/// <param name="BytesRead">Of the file, compressed as they are there.</param>
/// <param name="Warnings">What else to tell.</param>
public sealed record ScanResult(long Count, long Records, long BytesRead, ScanWarnings Warnings)
{
    /// <summary>What was not scanned, because the scan was stopped; null when it went to its end.</summary>
    public BamPart? Rest { get; init; }

    /// <summary>The file was cut off; the count is of what is left.</summary>
    public bool Truncated => Warnings != ScanWarnings.None;
}

/// <summary>The outcome of scanning a file, or a range of it, from one end to the other.</summary>
/// <param name="References">For each reference by number, the records placed on it that pass the filter.</param>
/// <param name="Unplaced">The records without a reference that pass the filter.</param>
/// <param name="Records">All records, filter or not.</param>
/// <param name="BytesRead">Of the file, compressed as they are there.</param>
/// <param name="Warnings">What else to tell.</param>
public sealed record FileScanResult(
    IReadOnlyList<long> References, long Unplaced, long Records, long BytesRead, ScanWarnings Warnings)
{
    /// <summary>All records that pass the filter.</summary>
    public long Count => References.Sum() + Unplaced;

    /// <inheritdoc cref="ScanResult.Truncated"/>
    public bool Truncated => Warnings != ScanWarnings.None;
}
