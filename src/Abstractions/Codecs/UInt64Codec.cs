using System.Buffers.Binary;

namespace ActorCompute;

/// <summary>A 64-bit number as eight bytes, little-endian.</summary>
public sealed class UInt64Codec : ICodec<ulong>
{
    private UInt64Codec() { }

    /// <summary>The codec.</summary>
    public static UInt64Codec Instance { get; } = new();

    /// <inheritdoc/>
    public void Write(ulong value, IBufferWriter<byte> output)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    /// <inheritdoc/>
    public ulong Read(ReadOnlySpan<byte> bytes) => bytes.Length == 8
        ? BinaryPrimitives.ReadUInt64LittleEndian(bytes)
        : throw new FormatException($"a 64-bit number has 8 bytes, not {bytes.Length}.");
}
