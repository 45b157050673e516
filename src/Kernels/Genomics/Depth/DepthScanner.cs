namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Measures how many reads cover each base, as mosdepth does. A measurement is a single pass over the records that overlap
/// its stretch, on the calling thread; stretches that lie side by side can be measured anywhere and in any order. Threads
/// can share one, as <see cref="BamScanner"/>.
/// </summary>
/// <param name="file">The file; it stays open as long as the scanner is used.</param>
/// <param name="index">Its index.</param>
/// <param name="inflaters">The library to inflate with; <see cref="Inflaters.Default"/> when not given.</param>
public sealed class DepthScanner(BamFile file, BamIndex index, InflaterProvider? inflaters = null)
{
    /// <summary>The longest stretch: its array has 16 MB and, with the one number behind it, fits a pooled one of 2^22.</summary>
    public const int LongestStretch = 4_000_000;

    private readonly BamPasses _passes = new(file, index, inflaters);

    /// <summary>Measures the bases [begin, end) of a reference, from 0.</summary>
    /// <param name="referenceId">The number of the reference in the header.</param>
    /// <param name="begin">The first base.</param>
    /// <param name="end">The one after the last; at most <see cref="LongestStretch"/> from the first.</param>
    /// <param name="options">Which records count, and how.</param>
    /// <param name="cancellation">Looked at once per block.</param>
    /// <param name="stop">Asked once per block; true ends the measurement soon, and <see cref="StretchDepths.End"/> is then how far it came, at least one base.</param>
    /// <inheritdoc cref="BamScanner.CountReference"/>
    public StretchDepths Measure(int referenceId, long begin, long end, DepthOptions options, CancellationToken cancellation = default, Func<bool>? stop = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(begin);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, begin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end - begin, LongestStretch);
        using var coverage = new CoverageChanges(begin, end);
        // The last stretch takes what lies behind the reference's end along, where sound files have nothing: then the records
        // of all stretches are all of the reference's.
        var queryEnd = end == file.Header.References[referenceId].Length ? long.MaxValue : end;
        var early = stop is null ? null : new PassStop(stop) { After = begin, Before = end };
        var pass = _passes.Overlapping(referenceId, begin, queryEnd, new DepthTally(coverage, options), cancellation, early);
        // No record that was not met starts before the one where it stopped: up to there all depths are final.
        return new StretchDepths(begin, early?.StoppedAt?.Position ?? end, coverage, pass.BytesRead, pass.Warnings);
    }
}
