using System.Buffers.Binary;
using System.Numerics;

namespace ActorCompute.Messages;

/// <summary>CRC-32C (Castagnoli), an instruction on today's processors: it finds every burst of errors of up to 32 bits.</summary>
public static class Crc32C
{
    /// <summary>Of all the bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>Of bytes that follow others.</summary>
    /// <param name="crc">Of the others; 0 for none.</param>
    /// <param name="bytes">What follows.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
