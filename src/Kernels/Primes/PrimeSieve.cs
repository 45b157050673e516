using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// Counts and lists the primes of an interval, anywhere in 0..2^64-1, on the calling thread: a segmented sieve of
/// Eratosthenes on a wheel of 30.
/// </summary>
/// <remarks>
/// Memory is bounded whatever the interval: about 2 MiB up to 10^12, 40 MiB up to 10^18, 160 MiB near 2^64. A narrow interval
/// high up costs far less than its base primes would: what a partial sieve leaves is tested number by number.
/// </remarks>
public static class PrimeSieve
{
    /// <summary>The number of primes p with <paramref name="from"/> ≤ p ≤ <paramref name="to"/>.</summary>
    /// <param name="from">First number of the interval.</param>
    /// <param name="to">Last number of the interval, inclusive.</param>
    /// <param name="cancellation">Polled a few hundred times a second.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is above <paramref name="to"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ulong Count(ulong from, ulong to, CancellationToken cancellation = default) =>
        Count(from, to, SieveTuning.Default, cancellation);

    internal static ulong Count(ulong from, ulong to, SieveTuning tuning, CancellationToken cancellation = default) =>
        Count(from, to, static _ => false, out _, tuning, cancellation);

    /// <summary>As <see cref="Count(ulong, ulong, CancellationToken)"/>, but ends early where it is told to.</summary>
    /// <param name="from">First number of the interval.</param>
    /// <param name="to">Last number of the interval, inclusive.</param>
    /// <param name="stop">Called between segments with the first number that is not counted yet; true ends the count before it.</param>
    /// <param name="counted">The last number that was looked at: <paramref name="to"/>, unless it ended early.</param>
    /// <param name="cancellation">Polled a few hundred times a second.</param>
    /// <inheritdoc cref="Count(ulong, ulong, CancellationToken)"/>
    public static ulong Count(ulong from, ulong to, Func<ulong, bool> stop, out ulong counted, CancellationToken cancellation = default) =>
        Count(from, to, stop, out counted, SieveTuning.Default, cancellation);

    internal static ulong Count(ulong from, ulong to, Func<ulong, bool> stop, out ulong counted, SieveTuning tuning, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var count = 0UL;
        counted = to;
        using var sieve = new SegmentSieve(from, to, soon: false, tuning);
        while (sieve.MoveNext(cancellation))
        {
            foreach (var word in MemoryMarshal.Cast<byte, ulong>(sieve.Segment.Span))
                count += (ulong)BitOperations.PopCount(word);
            if (sieve.Last == to || !stop(sieve.Last + 1))
                continue;
            counted = sieve.Last;
            break;
        }

        return count + (ulong)PrimesOffTheWheel(from, counted).Count();
    }

    /// <summary>
    /// The primes p with <paramref name="from"/> ≤ p ≤ <paramref name="to"/>, ascending, sieved while they are read:
    /// the first ones come at once, and a reader who stops early does not pay for the rest.
    /// </summary>
    /// <inheritdoc cref="Count(ulong, ulong, CancellationToken)"/>
    public static IEnumerable<ulong> Enumerate(ulong from, ulong to, CancellationToken cancellation = default) =>
        Enumerate(from, to, SieveTuning.Default, cancellation);

    internal static IEnumerable<ulong> Enumerate(ulong from, ulong to, SieveTuning tuning, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        return EnumerateChecked(from, to, tuning, cancellation);
    }

    private static IEnumerable<ulong> EnumerateChecked(ulong from, ulong to, SieveTuning tuning, CancellationToken cancellation)
    {
        foreach (var prime in PrimesOffTheWheel(from, to))
            yield return prime;

        using var sieve = new SegmentSieve(from, to, soon: true, tuning);
        while (sieve.MoveNext(cancellation))
        {
            for (var start = 0; start < sieve.Segment.Length; start += 8)
            {
                var word = BinaryPrimitives.ReadUInt64LittleEndian(sieve.Segment.Span[start..]);
                var low = (sieve.FirstByte + (uint)start) * Wheel30.Span;
                for (; word != 0; word &= word - 1)
                    yield return low + Wheel30.WordDistances[BitOperations.TrailingZeroCount(word)];
            }
        }
    }

    private static IEnumerable<ulong> PrimesOffTheWheel(ulong from, ulong to) =>
        new ulong[] { 2, 3, 5 }.Where(prime => from <= prime && prime <= to);
}
