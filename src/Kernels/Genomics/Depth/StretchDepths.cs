using System.Buffers;

namespace ActorCompute.Kernels.Genomics;

/// <summary>The depth at each base of a stretch of a reference. Holds pooled memory until it is disposed.</summary>
public sealed class StretchDepths : IDisposable
{
    // The first of them are the depths; the array is from the pool. Null where all are 0 and nobody asked for them.
    private int[]? _depths;

    // Outside of these bases all depths are 0.
    private readonly long _from;
    private readonly long _to;

    internal StretchDepths(long begin, long end, CoverageChanges coverage, long bytesRead, ScanWarnings warnings)
    {
        (Begin, End, BytesRead, Warnings, Starts) = (begin, end, bytesRead, warnings, coverage.Starts);
        (_depths, _from, _to) = coverage.TakeDepths();
        // What was covered behind an early end is another measurement's.
        (_from, _to) = (Math.Min(_from, end), Math.Min(_to, end));
    }

    /// <summary>The first base, from 0.</summary>
    public long Begin { get; }

    /// <summary>The base after the last one.</summary>
    public long End { get; }

    /// <summary>How many records start in the stretch, whether they count or not; the last stretch of a reference has those behind its end too.</summary>
    public long Starts { get; }

    /// <summary>Of the file, compressed as they are there.</summary>
    public long BytesRead { get; }

    public ScanWarnings Warnings { get; }

    /// <inheritdoc cref="ScanResult.Truncated"/>
    public bool Truncated => Warnings != ScanWarnings.None;

    /// <summary>The depth at each base, from <see cref="Begin"/> on.</summary>
    public ReadOnlySpan<int> Depths
    {
        get
        {
            var length = (int)(End - Begin);
            if (_depths is null)
            {
                _depths = ArrayPool<int>.Shared.Rent(length);
                _depths.AsSpan(0, length).Clear();
            }

            return _depths.AsSpan(0, length);
        }
    }

    /// <summary>The smallest and the largest depth; both 0 in a stretch without bases.</summary>
    public (int Min, int Max) Extremes()
    {
        if (_from >= _to)
            return (0, 0);
        // Where not all is within the covered bases, the smallest is that of the others.
        var (min, max) = (_from > Begin || _to < End ? 0 : int.MaxValue, 0);
        foreach (var depth in Depths[(int)(_from - Begin)..(int)(_to - Begin)])
            (min, max) = (Math.Min(min, depth), Math.Max(max, depth));
        return (min, max);
    }

    /// <summary>The sum of the depths at the bases [begin, end), as far as they are in the stretch.</summary>
    public long Sum(long begin, long end)
    {
        (begin, end) = (Math.Max(begin, _from), Math.Min(end, _to));
        var sum = 0L;
        if (begin < end)
        {
            foreach (var depth in Depths[(int)(begin - Begin)..(int)(end - Begin)])
                sum += depth;
        }

        return sum;
    }

    public void Dispose()
    {
        if (_depths is not null)
            ArrayPool<int>.Shared.Return(_depths);
        _depths = null;
    }
}
