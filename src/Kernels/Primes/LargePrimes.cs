using System.Buffers.Binary;
using System.Numerics;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// Finishes a segment that was sieved by the primes up to some limit. Either by the remaining base primes, which are
/// sieved themselves block by block and used at once (there are 203 million below 2^32: never stored), or by testing
/// each number that still stands.
/// </summary>
internal static class LargePrimes
{
    // Measured, nanoseconds. Walking the base primes: their sieve, and a division for each. Testing: about one number in
    // 25 still stands after the primes up to 2^20, and half of those are primes, which take all seven bases.
    private const double WalkForEachBaseNumber = 0.4;
    private const double TestForEachNumber = 90;

    /// <param name="segment">Sieved up to <paramref name="sievedUpTo"/>; its length a multiple of eight.</param>
    /// <param name="firstByte">The wheel byte it starts with.</param>
    /// <param name="sievedUpTo">At least 2^16.</param>
    /// <param name="largestPrime">The square root of the largest number that matters.</param>
    /// <param name="cancellation">Polled for each block of base primes, or each word of numbers tested.</param>
    public static void Finish(
        Span<byte> segment, ulong firstByte, uint sievedUpTo, uint largestPrime, CancellationToken cancellation)
    {
        if (sievedUpTo >= largestPrime)
            return;
        if (TestForEachNumber * Wheel30.Span * segment.Length < WalkForEachBaseNumber * largestPrime)
            Test(segment, firstByte, cancellation);
        else
            CrossOff(segment, firstByte, sievedUpTo, largestPrime, cancellation);
    }

    private static unsafe void CrossOff(
        Span<byte> segment, ulong firstByte, uint above, uint largestPrime, CancellationToken cancellation)
    {
        // The base primes' own base primes are below 2^16, so this sieve never needs a walk like this one.
        var baseByte = (above + 1) / Wheel30.Span;
        var lastByte = largestPrime / Wheel30.Span;
        var sieve = new BlockSieve(baseByte, ushort.MaxValue);
        var block = new byte[BlockSieve.BlockBytes];
        fixed (byte* bytes = segment)
        {
            for (; baseByte <= lastByte; baseByte += BlockSieve.BlockBytes)
            {
                cancellation.ThrowIfCancellationRequested();
                sieve.Sieve(block);
                for (var start = 0; start < block.Length; start += 8)
                {
                    var word = BinaryPrimitives.ReadUInt64LittleEndian(block.AsSpan(start));
                    for (; word != 0; word &= word - 1)
                    {
                        var prime = (baseByte + (uint)start) * (ulong)Wheel30.Span
                            + Wheel30.WordDistances[BitOperations.TrailingZeroCount(word)];
                        if (prime <= above)
                            continue;
                        if (prime > largestPrime)
                            return;
                        var (offset, state) = Wheel30.FirstMultiple((uint)prime, firstByte);
                        if (offset < (uint)segment.Length)
                            SievingPrime.CrossOff(bytes, (uint)segment.Length, (uint)prime, (uint)offset, (byte)state);
                    }
                }
            }
        }
    }

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
