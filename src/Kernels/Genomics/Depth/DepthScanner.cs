using System.Buffers;

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

    private readonly BamParts _parts = new(file, index, inflaters);

    /// <summary>Measures the bases [begin, end) of a reference, from 0.</summary>
    /// <param name="referenceId">The number of the reference in the header.</param>
    /// <param name="begin">The first base.</param>
    /// <param name="end">The one after the last; at most <see cref="LongestStretch"/> from the first.</param>
    /// <param name="options">Which records count, and how.</param>
    /// <param name="cancellation">Looked at once per block.</param>
    /// <inheritdoc cref="BamScanner.CountReference"/>
    public DepthStretch Measure(int referenceId, long begin, long end, DepthOptions options, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(begin);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, begin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end - begin, LongestStretch);
        var length = (int)(end - begin);
        var depths = ArrayPool<int>.Shared.Rent(length + 1);
        try
        {
            depths.AsSpan(0, length + 1).Clear();
            var tally = new DepthTally(new CoverageChanges(depths, begin, end), options);
            var pass = _parts.Overlapping(referenceId, begin, end, tally, cancellation);
            for (var i = 1; i < length; i++)
                depths[i] += depths[i - 1];
            return new DepthStretch(begin, end, depths, pass.BytesRead, pass.Warnings);
        }
        catch
        {
            ArrayPool<int>.Shared.Return(depths);
            throw;
        }
    }
}
