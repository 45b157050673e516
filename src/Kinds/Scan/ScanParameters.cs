using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Scan;

/// <summary>What is to be counted.</summary>
/// <param name="File">The file, as the client saw it.</param>
/// <param name="Index">Which index goes with it.</param>
/// <param name="Regions">Regions as given; none for all references.</param>
/// <param name="RequiredFlags"><c>-f</c>.</param>
/// <param name="ExcludedFlags"><c>-F</c>.</param>
/// <param name="MinimumMappingQuality"><c>-q</c>.</param>
internal sealed record ScanParameters(InputFile File, IndexChoice Index, IReadOnlyList<string> Regions, ushort RequiredFlags, ushort ExcludedFlags, byte MinimumMappingQuality);

/// <summary>What was counted.</summary>
/// <param name="Rows">A count; for a whole file one for each reference with its name and length, and one for the unplaced reads.</param>
/// <param name="Records">The records that were read, filter or not.</param>
/// <param name="IsTruncated">The file was cut off; what is there was counted.</param>
internal sealed record ScanCounts(IReadOnlyList<ScanCount> Rows, long Records, bool IsTruncated);

/// <summary>A count.</summary>
internal sealed record ScanCount(string Label, long Length, long Reads);
