using System.Buffers.Binary;
using System.Numerics;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// Finishes a segment that was sieved by the primes up to some limit. Either by the remaining base primes, which are
/// sieved themselves and used at once, or by testing each number that still stands.
/// </summary>
internal sealed class LargePrimes(SieveTuning tuning) : IDisposable
{
    // Measured, nanoseconds. Walking the base primes: their sieve, and a division for each. Testing: about one number in
    // 25 still stands after the primes up to 2^20, and half of those are primes, which take the longest.
    private const double WalkForEachBaseNumber = 0.3;
    private const double TestForEachNumber = 20;

    private const int BatchPrimes = 4 * 1024; // with their distances 32 KiB; a few dozen microseconds

    private readonly HitBuckets _buckets = new(tuning);
    private uint[] _primes = [];
    private uint[] _distances = [];

    /// <param name="segment">Sieved up to <paramref name="sievedUpTo"/>; its length a multiple of eight.</param>
    /// <param name="firstByte">The wheel byte it starts with.</param>
    /// <param name="sievedUpTo">At least 2^16.</param>
    /// <param name="largestPrime">The square root of the largest number that matters.</param>
    /// <param name="cancellation">Polled for each batch of base primes, or each word of numbers tested.</param>
    public void Finish(Span<byte> segment, ulong firstByte, uint sievedUpTo, uint largestPrime, CancellationToken cancellation)
    {
        if (sievedUpTo >= largestPrime)
            return;
        var cheaper = TestForEachNumber * Wheel30.Span * segment.Length < WalkForEachBaseNumber * largestPrime
            ? LargePrimeMethod.Test
            : LargePrimeMethod.CrossOff;
        if ((tuning.LargePrimes ?? cheaper) == LargePrimeMethod.Test)
            Test(segment, firstByte, cancellation);
        else
            CrossOff(segment, firstByte, sievedUpTo, largestPrime, cancellation);
    }

    private void CrossOff(Span<byte> segment, ulong firstByte, uint above, uint largestPrime, CancellationToken cancellation)
    {
        var low = firstByte * Wheel30.Span;
        var squaresUpTo = SegmentSieve.SquareRoot(low); // larger primes begin at their square
        if (_primes.Length == 0)
            (_primes, _distances) = (new uint[BatchPrimes], new uint[BatchPrimes]);
        var walk = new BasePrimes(above, largestPrime, tuning);
        _buckets.Begin(segment.Length);
        for (int count; (count = walk.Next(_primes)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            var primes = _primes.AsSpan(0, count);
            FirstMultiples.Distances(primes, low, _distances, tuning.UseVectors);
            for (var i = count - 1; i >= 0 && primes[i] > squaresUpTo; i--)
                _distances[i] = (uint)((ulong)primes[i] * primes[i] - low);
            _buckets.Collect(segment, primes, _distances);
        }

        _buckets.Finish(segment);
    }

    public void Dispose() => _buckets.Dispose();

    private static void Test(Span<byte> segment, ulong firstByte, CancellationToken cancellation)
    {
        for (var start = 0; start < segment.Length; start += 8)
        {
            cancellation.ThrowIfCancellationRequested();
            var bytes = segment[start..];
            var standing = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            var primes = standing;
            for (; standing != 0; standing &= standing - 1)
            {
                var distance = Wheel30.WordDistances[BitOperations.TrailingZeroCount(standing)];
                if (!Primality.PassesStrongTests((firstByte + (uint)start) * Wheel30.Span + distance))
                    primes &= ~(standing & (0 - standing));
            }

            BinaryPrimitives.WriteUInt64LittleEndian(bytes, primes);
        }
    }
}
