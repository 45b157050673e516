using System.Runtime.CompilerServices;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// The numbers prime to 30, eight to a byte: bit i of byte k stands for 30·k + Residues[i]. The primes 2, 3 and 5 have
/// no bit. One byte for 30 numbers is what makes a segment small enough for the cache.
/// </summary>
internal static class Wheel30
{
    public const int Span = 30;

    /// <summary>
    /// Distances from bit 0 of a little-endian word of eight wheel bytes to the number at each of its 64 bits.
    /// </summary>
    public static readonly byte[] WordDistances = MakeWordDistances();

    public static ReadOnlySpan<byte> Residues => [1, 7, 11, 13, 17, 19, 23, 29];

    /// <summary>What to do at one multiple of a sieving prime p = 30·q + r, standing at p·m.</summary>
    /// <param name="ClearBit">AND this into the byte of p·m.</param>
    /// <param name="Gap">From m to the next cofactor prime to 30; the byte index grows by q·Gap + Carry.</param>
    /// <param name="Carry">See <paramref name="Gap"/>.</param>
    /// <param name="Next">The state at that next multiple.</param>
    public readonly record struct Step(byte ClearBit, byte Gap, byte Carry, byte Next);

    /// <summary>State = 8 · (index of p mod 30) + (index of m mod 30), both as indices into the residues.</summary>
    public static readonly Step[] Steps = MakeSteps();

    /// <summary>Index of the smallest residue not below a value 0..30; 8 when there is none.</summary>
    public static int IndexAtLeast(uint value) => IndicesAtLeast[(int)value];

    private static ReadOnlySpan<byte> IndicesAtLeast =>
        [0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 8];

    /// <summary>The bits of the byte that holds <paramref name="number"/> which stand for it or larger numbers.</summary>
    public static byte BitsFrom(ulong number) => (byte)(0xFF << IndexAtLeast((uint)(number % Span)));

    /// <summary>The bits of the byte that holds <paramref name="number"/> which stand for it or smaller numbers.</summary>
    public static byte BitsUpTo(ulong number) => (byte)~(0xFF << IndexAtLeast((uint)(number % Span) + 1));

    /// <summary>
    /// The first multiple p·m at or above both p² and the number at bit 0 of byte <paramref name="firstByte"/>, with m
    /// prime to 30.
    /// </summary>
    /// <returns>Its byte, counted from <paramref name="firstByte"/>, and its state. Relative, since the multiple itself
    /// can lie above 2^64.</returns>
    public static (ulong Offset, int State) FirstMultiple(uint prime, ulong firstByte)
    {
        var low = firstByte * Span;
        var square = (ulong)prime * prime;
        ulong cofactor, distance;
        if (square >= low)
        {
            cofactor = prime;
            distance = square - low;
        }
        else
        {
            (cofactor, var remainder) = Math.DivRem(low, prime);
            distance = 0;
            if (remainder != 0)
            {
                cofactor++;
                distance = prime - remainder;
            }
        }

        var residue = (uint)(cofactor % Span);
        var index = IndexAtLeast(residue);
        distance += (ulong)prime * (Residues[index] - residue);
        return (distance / Span, 8 * IndexAtLeast(prime % Span) + index);
    }

    /// <summary>
    /// From a multiple of a prime, <paramref name="distance"/> above the number at bit 0 of some byte, on to the first one
    /// whose cofactor is prime to 30. That is so when it is prime to 30 itself, since the prime is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (ulong Distance, int State) FirstOnWheel(uint prime, uint distance)
    {
        var first = FirstsOnWheel[(int)(prime % Span * Span + distance % Span)];
        return (distance + (ulong)prime * first.Skip, first.State);
    }

    private readonly record struct FirstStep(byte Skip, byte State);

    // By the prime modulo 30, and the distance modulo 30.
    private static readonly FirstStep[] FirstsOnWheel = MakeFirstsOnWheel();

    private static FirstStep[] MakeFirstsOnWheel()
    {
        var firsts = new FirstStep[Span * Span];
        for (var p = 0; p < 8; p++)
        {
            for (var distance = 0; distance < Span; distance++)
            {
                var skip = 0;
                while (!Residues.Contains((byte)((distance + skip * Residues[p]) % Span)))
                    skip++;
                var m = 0;
                while (Residues[p] * Residues[m] % Span != (distance + skip * Residues[p]) % Span)
                    m++;
                firsts[Residues[p] * Span + distance] = new FirstStep((byte)skip, (byte)(8 * p + m));
            }
        }

        return firsts;
    }

    private static byte[] MakeWordDistances()
    {
        var distances = new byte[64];
        for (var bit = 0; bit < 64; bit++)
            distances[bit] = (byte)(bit / 8 * Span + Residues[bit % 8]);
        return distances;
    }

    private static Step[] MakeSteps()
    {
        var steps = new Step[64];
        for (var p = 0; p < 8; p++)
        {
            for (var m = 0; m < 8; m++)
            {
                var position = Residues[p] * Residues[m] % Span;
                var gap = (m == 7 ? Span + 1 : Residues[m + 1]) - Residues[m];
                steps[8 * p + m] = new Step(
                    ClearBit: (byte)~(1 << IndexAtLeast((uint)position)),
                    Gap: (byte)gap,
                    Carry: (byte)((position + Residues[p] * gap) / Span),
                    Next: (byte)(8 * p + (m + 1) % 8));
            }
        }

        return steps;
    }
}
