using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// CRC-32 of RFC 1952 (polynomial 0xEDB88320, reflected), eight bytes at a time through eight tables of 256 words:
/// table k holds the CRC of a byte followed by k zero bytes. 8 KiB, so the tables stay in the first-level cache. Long runs
/// are first folded to 16 bytes with vector instructions, where an x64 processor has them; arm64 has an instruction for the whole.
/// </summary>
internal static class Crc32
{
    internal const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        if (ArmCrc32.Arm64.IsSupported)
            return ~ByInstruction(uint.MaxValue, bytes);
        Span<byte> folded = stackalloc byte[Crc32Folding.Size];
        return Crc32Folding.TryFold(bytes, folded, out var rest) ? ~ByTables(ByTables(0, folded), bytes[rest..]) : OfByTables(bytes);
    }

    /// <summary>Without vector instructions.</summary>
    internal static uint OfByTables(ReadOnlySpan<byte> bytes) => ~ByTables(uint.MaxValue, bytes);

    /// <summary>The register after these bytes; it is complemented before the first and after the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static uint ByTables(uint crc, ReadOnlySpan<byte> bytes)
    {
        var tables = Tables;
        while (bytes.Length >= 8)
        {
            var eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
            crc = tables[7 * 256 + (int)(eight & 0xFF)]
                ^ tables[6 * 256 + (int)(eight >> 8 & 0xFF)]
                ^ tables[5 * 256 + (int)(eight >> 16 & 0xFF)]
                ^ tables[4 * 256 + (int)(eight >> 24 & 0xFF)]
                ^ tables[3 * 256 + (int)(eight >> 32 & 0xFF)]
                ^ tables[2 * 256 + (int)(eight >> 40 & 0xFF)]
                ^ tables[256 + (int)(eight >> 48 & 0xFF)]
                ^ tables[(int)(eight >> 56)];
            bytes = bytes[8..];
        }

        foreach (var next in bytes)
            crc = tables[(byte)crc ^ next] ^ crc >> 8;
        return crc;
    }

    // Only called on arm64.
    private static uint ByInstruction(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..])
            crc = ArmCrc32.Arm64.ComputeCrc32(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var next in bytes)
            crc = ArmCrc32.ComputeCrc32(crc, next);
        return crc;
    }

    private static uint[] MakeTables()
    {
        var tables = new uint[8 * 256];
        for (var i = 0; i < 256; i++)
        {
            var crc = (uint)i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ Polynomial : crc >> 1;
            tables[i] = crc;
        }

        for (var i = 256; i < tables.Length; i++)
            tables[i] = tables[(byte)tables[i - 256]] ^ tables[i - 256] >> 8;
        return tables;
    }
}
