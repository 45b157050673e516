namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// By how much the depth changes from base to base of a stretch: a read of any length costs two additions, and running
/// sums make depths of it.
/// </summary>
/// <remarks><code>
/// two reads over bases 2..5 and 4..7:   0  0 +1  0 +1  0 -1  0 -1      depths: 0 0 1 1 2 2 1 1 0
/// </code></remarks>
/// <param name="changes">One for each base and one behind the last.</param>
/// <param name="begin">The base of the first.</param>
/// <param name="end">The base behind the last.</param>
internal sealed class CoverageChanges(int[] changes, long begin, long end)
{
    /// <summary>Covers a stretch once more, or (-1) once less; what is outside is left out.</summary>
    public void Add(ReferenceBlock block, int by)
    {
        var (from, to) = (Math.Max(block.Begin, begin), Math.Min(block.End, end));
        if (from >= to)
            return;
        changes[from - begin] += by;
        changes[to - begin] -= by;
    }
}
