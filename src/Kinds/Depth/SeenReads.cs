using System.Globalization;

namespace ActorCompute.Kinds.Depth;

/// <summary>
/// Counts the reads that were met in the stretches of a reference. When they are not as many as its index has, the index sent
/// the work past some: it is damaged, or another file's, and a depth from it would be too low in silence.
/// </summary>
internal sealed class SeenReads
{
    private readonly Dictionary<int, (long Covered, long Starts, bool IsTruncated)> _open = [];

    /// <summary>Takes in a stretch; what is wrong, when it is the last of its reference and something is.</summary>
    public string? Add(DepthTask task, DepthResult result)
    {
        if (task.Expected is not { } expected) return null;
        var before = _open.GetValueOrDefault(task.Reference);
        var (covered, starts, isTruncated) = (before.Covered + task.End - task.Begin, before.Starts + result.Starts, before.IsTruncated || result.IsTruncated);
        if (covered < task.Length)
        {
            _open[task.Reference] = (covered, starts, isTruncated);
            return null;
        }

        _open.Remove(task.Reference);
        return starts == expected || isTruncated ? null : string.Create(CultureInfo.InvariantCulture,
            $"{task.Name}: the index has {expected} reads for it, and {starts} were met on the way, so it is damaged or not the index of this file; make it anew with 'samtools index'.");
    }
}
