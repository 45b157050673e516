using System.Buffers.Binary;
using System.Numerics;

namespace ActorCompute.Client.Journal;

/// <summary>CRC-32C (Castagnoli), an instruction on today's processors: it finds every burst of errors of up to 32 bits.</summary>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
