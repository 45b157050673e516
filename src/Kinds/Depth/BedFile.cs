using System.Globalization;

namespace ActorCompute.Kinds.Depth;

/// <summary>Regions of a BED file: reference, begin (from 0), end (not included), and a name if there is one.</summary>
internal static class BedFile
{
    // A line of a binary file can be as long as the file; a region is not.
    private const int LongestLine = 100_000;

    // All are kept in memory, to be sorted.
    private const int MostRegions = 10_000_000;

    /// <exception cref="InputException">The file cannot be read, or a line is no region; the message names the line.</exception>
    public static List<(string Reference, DepthTarget Region)> Read(string path, CancellationToken cancellation)
    {
        var regions = new List<(string, DepthTarget)>();
        var line = 0L;
        foreach (var text in TextLines.Read(path, LongestLine))
        {
            if (++line % 4096 == 0) cancellation.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(text) || text[0] == '#' || IsDisplay(text)) continue;
            if (regions.Count == MostRegions) throw new InputException($"{path}: has more than {MostRegions} regions; cut it into several files.");
            regions.Add(Parse(text, regions.Count) ?? throw new InputException($"{path}, line {line}: is no region; write reference, begin and end with tabs between them, and the end not before the begin."));
        }

        return regions.Count > 0 ? regions : throw new InputException($"{path}: there is no region in it.");
    }

    // For genome browsers: "track name=…", "browser position …". A reference can be called track1, or track: then a number follows.
    private static bool IsDisplay(string text) => text.Split((char[])[' ', '\t'], 2) is ["track" or "browser", ..] && Parse(text, 0) is null;

    private static (string, DepthTarget)? Parse(string text, int number) =>
        text.Split('\t') is [{ Length: > 0 } reference, var first, var last, .. var more] && Position(first) is { } begin && Position(last.TrimEnd()) is { } end && begin <= end
            ? (reference, new(number, begin, end, more is [{ Length: > 0 } name, ..] ? name.TrimEnd() : null))
            : null;

    // Positions of BAM have 32 bits; reference lengths too.
    private static long? Position(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
}
