using System.Buffers;

namespace ActorCompute.Kernels.Genomics;

/// <summary>The depth at each base of a stretch of a reference. Holds pooled memory until it is disposed.</summary>
public sealed class DepthStretch : IDisposable
{
    private int[] _depths;

    // The first of them are the depths; the array is from the pool.
    internal DepthStretch(long begin, long end, int[] depths, long bytesRead, ScanWarnings warnings)
    {
        (Begin, End, BytesRead, Warnings) = (begin, end, bytesRead, warnings);
        _depths = depths;
    }

    /// <summary>The first base, from 0.</summary>
    public long Begin { get; }

    /// <summary>The base after the last one.</summary>
    public long End { get; }

    /// <summary>Of the file, compressed as they are there.</summary>
    public long BytesRead { get; }

    public ScanWarnings Warnings { get; }

    /// <inheritdoc cref="ScanResult.Truncated"/>
    public bool Truncated => Warnings != ScanWarnings.None;

    /// <summary>The depth at each base, from <see cref="Begin"/> on.</summary>
    public ReadOnlySpan<int> Depths => _depths.AsSpan(0, (int)(End - Begin));

    /// <summary>The sum of the depths at the bases [begin, end), as far as they are in the stretch.</summary>
    public long Sum(long begin, long end)
    {
        (begin, end) = (Math.Max(begin, Begin), Math.Min(end, End));
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
        if (_depths.Length > 0)
            ArrayPool<int>.Shared.Return(_depths);
        _depths = [];
    }
}
