namespace ActorCompute.Kinds.Scan;

/// <summary>What is to be counted.</summary>
/// <param name="File">The file, as the client saw it.</param>
/// <param name="Regions">Regions as given; none for all references.</param>
/// <param name="RequiredFlags"><c>-f</c>.</param>
/// <param name="ExcludedFlags"><c>-F</c>.</param>
/// <param name="MinimumMappingQuality"><c>-q</c>.</param>
public sealed record ScanParameters(FileStamp File, IReadOnlyList<string> Regions, ushort RequiredFlags, ushort ExcludedFlags, byte MinimumMappingQuality);

/// <summary>One part of the file.</summary>
/// <param name="Target">Which kind of part.</param>
/// <param name="Label">What a person calls it: the reference's name, or the region as given.</param>
/// <param name="Reference">The reference's number in the header; -1 where there is none.</param>
/// <param name="First">First base, from 1.</param>
/// <param name="Last">Last base, included.</param>
/// <param name="Length">Bases in it, for the answer.</param>
public sealed record ScanTask(ScanTarget Target, string Label, int Reference = -1, long First = 1, long Last = long.MaxValue, long Length = 0);

/// <summary>Kinds of parts.</summary>
public enum ScanTarget
{
    /// <summary>All reads of a reference.</summary>
    Reference,

    /// <summary>The reads that overlap a region.</summary>
    Region,

    /// <summary>The reads without a reference.</summary>
    Unplaced,

    /// <summary>All of a file that has no index, in one pass.</summary>
    WholeFile,
}

/// <summary>What was counted.</summary>
/// <param name="Rows">A count; for a whole file one for each reference with its name and length, and one for the unplaced reads.</param>
/// <param name="IsTruncated">The file was cut off; what is there was counted.</param>
public sealed record ScanCounts(IReadOnlyList<ScanRow> Rows, bool IsTruncated);

/// <summary>A count.</summary>
public sealed record ScanRow(string Label, long Length, long Reads);
