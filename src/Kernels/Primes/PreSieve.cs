using System.Numerics;
using System.Runtime.InteropServices;

namespace ActorCompute.Kernels.Primes;

/// <summary>
/// Fills fresh bytes with the multiples of the primes 7..163 already crossed out. These primes make most of the hits;
/// their pattern repeats every p bytes, so a few tables of about 6 KiB each, ANDed a vector at a time, replace them all.
/// </summary>
internal static class PreSieve
{
    /// <summary>Sieving starts with the first prime above.</summary>
    public const uint LargestPrime = 163;

    // Small primes paired with large ones, so that all tables have much the same length (the product of the group).
    private static readonly byte[][] Groups =
    [
        [7, 23, 37], [11, 19, 31], [13, 17, 29],
        [41, 163], [43, 157], [47, 151], [53, 149], [59, 139], [61, 137], [67, 131],
        [71, 127], [73, 113], [79, 109], [83, 107], [89, 103], [97, 101],
    ];

    private static readonly byte[][] Tables = Array.ConvertAll(Groups, MakeTable);

    /// <summary>Overwrites <paramref name="bytes"/>, which start at wheel byte <paramref name="firstByte"/>.</summary>
    public static void Fill(Span<byte> bytes, ulong firstByte, bool useVectors)
    {
        bytes.Fill(0xFF);
        foreach (var table in Tables)
            AndRepeated(bytes, table, (int)(firstByte % (ulong)table.Length), useVectors);

        if (firstByte < LargestPrime / Wheel30.Span + 1)
            RestoreFirstBytes(bytes, (int)firstByte);
    }

    private static void AndRepeated(Span<byte> bytes, ReadOnlySpan<byte> table, int phase, bool useVectors)
    {
        while (!bytes.IsEmpty)
        {
            var length = Math.Min(bytes.Length, table.Length - phase);
            And(bytes[..length], table.Slice(phase, length), useVectors);
            bytes = bytes[length..];
            phase = 0;
        }
    }

    private static void And(Span<byte> bytes, ReadOnlySpan<byte> other, bool useVectors)
    {
        var vectors = useVectors ? MemoryMarshal.Cast<byte, Vector<byte>>(bytes) : [];
        var otherVectors = MemoryMarshal.Cast<byte, Vector<byte>>(other);
        for (var i = 0; i < vectors.Length && i < otherVectors.Length; i++)
            vectors[i] &= otherVectors[i];
        for (var i = vectors.Length * Vector<byte>.Count; i < bytes.Length; i++)
            bytes[i] &= other[i];
    }

    /// <summary>The tables cross out the primes themselves too, and leave 1 standing.</summary>
    private static void RestoreFirstBytes(Span<byte> bytes, int firstByte)
    {
        if (firstByte == 0 && bytes.Length > 0)
            bytes[0] &= 0xFE;
        foreach (var group in Groups)
        {
            foreach (var prime in group)
            {
                var index = prime / Wheel30.Span - firstByte;
                if (index >= 0 && index < bytes.Length)
                    bytes[index] |= (byte)(1 << Wheel30.IndexAtLeast((uint)prime % Wheel30.Span));
            }
        }
    }

    private static byte[] MakeTable(byte[] primes)
    {
        var table = new byte[primes.Aggregate(1, (product, prime) => product * prime)];
        Array.Fill(table, (byte)0xFF);
        for (var index = 0; index < table.Length; index++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var number = index * Wheel30.Span + Wheel30.Residues[bit];
                if (Array.Exists(primes, prime => number % prime == 0))
                    table[index] &= (byte)~(1 << bit);
            }
        }

        return table;
    }
}
