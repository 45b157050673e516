using System.Numerics;

namespace ActorCompute.Kernels.Primes;

/// <summary>How far it is from a number to the first multiple of each of some primes: a division for each of them.</summary>
internal static class FirstMultiples
{
    /// <param name="primes">Above 2^16.</param>
    /// <param name="low">The number.</param>
    /// <param name="distances">As many: the least d ≥ 0 for which low + d is a multiple.</param>
    /// <param name="useVectors">Vector instructions, or a plain loop.</param>
    public static void Distances(ReadOnlySpan<uint> primes, ulong low, Span<uint> distances, bool useVectors)
    {
        var done = useVectors ? WithVectors(primes, low, distances) : 0;
        for (var i = done; i < primes.Length; i++)
        {
            var remainder = (uint)(low % primes[i]);
            distances[i] = remainder == 0 ? 0 : primes[i] - remainder;
        }
    }

    /// <summary>
    /// In floating-point numbers, yet exact. The quotient q is below 2^48, so rounding makes it at most one wrong, which the
    /// sign or size of q·p - low tells. That difference lies below 2^34, so the fused operation gives it without rounding,
    /// when low is taken away in two parts that are exact themselves.
    /// </summary>
    private static int WithVectors(ReadOnlySpan<uint> primes, ulong low, Span<uint> distances)
    {
        var high32 = new Vector<double>((low >> 32) * 4294967296.0);
        var low32 = new Vector<double>((uint)low);
        var i = 0;
        for (; i <= primes.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            Vector.Widen(new Vector<uint>(primes[i..]), out var first, out var second);
            Vector.Narrow(Distance(first, high32, low32), Distance(second, high32, low32)).CopyTo(distances[i..]);
        }

        return i;
    }

    private static Vector<ulong> Distance(Vector<ulong> primes, Vector<double> high32, Vector<double> low32)
    {
        // 2^52 + x, for an integer x below 2^52, has the bits of 2^52 with x in the lowest ones: a conversion both ways.
        var two52 = new Vector<double>(4503599627370496.0);
        var p = Vector.AsVectorDouble(primes | Vector.AsVectorUInt64(two52)) - two52;
        var quotient = Vector.Ceiling((high32 + low32) / p);
        var distance = Vector.FusedMultiplyAdd(quotient, p, -high32) - low32;
        distance += Vector.ConditionalSelect(Vector.LessThan(distance, Vector<double>.Zero), p, Vector<double>.Zero);
        distance -= Vector.ConditionalSelect(Vector.GreaterThanOrEqual(distance, p), p, Vector<double>.Zero);
        return Vector.AsVectorUInt64(distance + two52) & new Vector<ulong>(uint.MaxValue);
    }
}
