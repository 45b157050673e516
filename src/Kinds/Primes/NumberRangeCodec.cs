using System.Buffers;
using System.Buffers.Binary;

namespace ActorCompute.Kinds.Primes;

/// <summary>A range as two 64-bit numbers, little-endian.</summary>
internal sealed class NumberRangeCodec : ICodec<NumberRange>
{
    public static NumberRangeCodec Instance { get; } = new();

    public void Write(NumberRange value, IBufferWriter<byte> output)
    {
        var span = output.GetSpan(16);
        BinaryPrimitives.WriteUInt64LittleEndian(span, value.From);
        BinaryPrimitives.WriteUInt64LittleEndian(span[8..], value.To);
        output.Advance(16);
    }

    public NumberRange Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != 16) throw new FormatException($"a range has 16 bytes, not {bytes.Length}.");
        var range = new NumberRange(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        return range.From <= range.To ? range : throw new FormatException($"the range {range.From} to {range.To} is empty.");
    }
}
