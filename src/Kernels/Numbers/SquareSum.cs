namespace ActorCompute.Kernels.Numbers;

/// <summary>Sums of squares by a loop: work whose time is known and whose answer can be checked with a formula.</summary>
public static class SquareSum
{
    /// <summary>The largest n: the sum up to it still fits 128 bits.</summary>
    public const long Largest = 10_000_000_000_000;

    // Some tens of microseconds between two looks at the token.
    private const long Uninterrupted = 1 << 15;

    /// <summary>1² + 2² + … + n².</summary>
    /// <param name="n">0..<see cref="Largest"/>; a billion takes about a second.</param>
    /// <param name="cancellation">Looked at all the time.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static UInt128 UpTo(long n, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, Largest);
        UInt128 sum = 0;
        for (long i = 1; i <= n;)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var last = Math.Min(n, i + Uninterrupted); i <= last; i++)
                sum += Math.BigMul((ulong)i, (ulong)i);
        }

        return sum;
    }
}
