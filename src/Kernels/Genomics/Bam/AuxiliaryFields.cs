using System.Buffers.Binary;

namespace ActorCompute.Kernels.Genomics;

/// <summary>The tags at the end of a record (SAM specification, section 4.2.4).</summary>
/// <remarks><code>
/// tag (2) | type (1) | value: A c C 1, s S 2, i I f 4 bytes; Z H text … NUL; B: type (1) | count (4) | count values
/// </code></remarks>
internal static class AuxiliaryFields
{
    private const uint MostOperations = 1 << 29;

    /// <summary>
    /// Finds CG:B:I, the CIGAR of a record with more operations than n_cigar_op can count (section 4.2.2).
    /// False when the tags are damaged; an empty result when there is no such tag.
    /// </summary>
    public static bool TryFindLongCigar(ReadOnlySpan<byte> fields, out ReadOnlySpan<byte> operations)
    {
        operations = default;
        while (fields.Length >= 3)
        {
            var size = ValueSize(fields[2..]);
            if (size < 0 || size > fields.Length - 3)
                return false;
            if (fields[0] == 'C' && fields[1] == 'G')
            {
                if (fields[2] == 'B' && fields[3] is (byte)'I' or (byte)'i' && CountAt(fields[4..]) < MostOperations)
                    operations = fields.Slice(8, 4 * (int)CountAt(fields[4..]));
                return true;
            }

            fields = fields[(3 + (int)size)..];
        }

        return fields.IsEmpty;
    }

    // From the type byte on. -1: no such type, or not all there.
    private static long ValueSize(ReadOnlySpan<byte> field) => (char)field[0] switch
    {
        'A' or 'c' or 'C' => 1,
        's' or 'S' => 2,
        'i' or 'I' or 'f' => 4,
        'd' => 8,
        'Z' or 'H' => field[1..].IndexOf((byte)0) is var end and >= 0 ? end + 1 : -1,
        'B' when field.Length >= 6 => ElementSize(field[1]) is var size and > 0 ? 5 + size * (long)CountAt(field[2..]) : -1,
        _ => -1,
    };

    private static int ElementSize(byte type) => (char)type switch
    {
        'c' or 'C' => 1,
        's' or 'S' => 2,
        'i' or 'I' or 'f' => 4,
        'd' => 8,
        _ => -1,
    };

    private static uint CountAt(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
