using System.Buffers.Binary;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// CIGAR operations as BAM packs them (SAM specification, section 4.2): the length in the upper 28 bits of a 32-bit word,
/// the operation in the lower 4, numbered as in "MIDNSHP=X".
/// </summary>
internal static class Cigar
{
    public const uint SoftClip = 4;

    // A bit for each operation that goes along the reference: M, D, N, =, X.
    private const uint AlongReference = 1 << 0 | 1 << 2 | 1 << 3 | 1 << 7 | 1 << 8;

    // And for each of these that goes along the read as well: M, =, X.
    private const uint AlongBoth = 1 << 0 | 1 << 7 | 1 << 8;

    // And for each that goes along the read: M, I, S, =, X.
    private const uint AlongRead = 1 << 0 | 1 << 1 | 1 << 4 | 1 << 7 | 1 << 8;

    /// <summary>How many bases of the read the operations go along.</summary>
    public static long ReadLength(ReadOnlySpan<byte> operations)
    {
        var length = 0L;
        for (; operations.Length >= 4; operations = operations[4..])
        {
            var operation = BinaryPrimitives.ReadUInt32LittleEndian(operations);
            length += (operation >> 4) * (AlongRead >> (int)(operation & 15) & 1);
        }

        return length;
    }

    /// <summary>How many bases of the reference the operations cover.</summary>
    public static long ReferenceLength(ReadOnlySpan<byte> operations)
    {
        var length = 0L;
        for (; operations.Length >= 4; operations = operations[4..])
        {
            var operation = BinaryPrimitives.ReadUInt32LittleEndian(operations);
            length += (operation >> 4) * (AlongReference >> (int)(operation & 15) & 1);
        }

        return length;
    }

    /// <summary>Adds the stretches of the reference where bases are aligned, from a position on; neighbours become one.</summary>
    public static void AddAlignedBlocks(ReadOnlySpan<byte> operations, long position, List<ReferenceStretch> blocks)
    {
        var begin = position;
        for (; operations.Length >= 4; operations = operations[4..])
        {
            var operation = BinaryPrimitives.ReadUInt32LittleEndian(operations);
            var (kind, length) = ((int)(operation & 15), operation >> 4);
            if ((AlongReference >> kind & 1) == 0)
                continue;
            if ((AlongBoth >> kind & 1) == 0)
            {
                if (position > begin)
                    blocks.Add(new ReferenceStretch(begin, position));
                begin = position + length;
            }

            position += length;
        }

        if (position > begin)
            blocks.Add(new ReferenceStretch(begin, position));
    }
}
