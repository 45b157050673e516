using System.Buffers.Binary;
using System.Text;

namespace ActorCompute;

/// <summary>
/// Writes values one after the other: numbers as <see cref="Varint"/>, text with its length before it. Used where JSON would take too much:
/// for a command's first tasks, whose first 70 ms would go into making ready a serializer, and for each outcome in a journal.
/// </summary>
internal readonly struct FieldWriter(IBufferWriter<byte> output)
{
    public void Number(ulong value) => output.Advance(Varint.Write(output.GetSpan(Varint.MaxLength), value));

    /// <summary>A number of 0 to 2^63-1.</summary>
    public void NaturalNumber(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Number((ulong)value);
    }

    /// <summary>Small ones of either sign are short: 0, -1, 1, -2, … become 0, 1, 2, 3, …</summary>
    public void SignedNumber(long value) => Number((ulong)(value << 1 ^ value >> 63));

    public void Truth(bool value) => Number(value ? 1UL : 0UL);

    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    /// <summary>Four bytes, low ones first.</summary>
    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(sizeof(uint)), value);
        output.Advance(sizeof(uint));
    }

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Number((ulong)length);
        Encoding.UTF8.GetBytes(value, output.GetSpan(length + 1));
        output.Advance(length);
    }

    /// <summary>With their number before them.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        output.Write(value);
    }

    /// <summary>The last field, without its length.</summary>
    public void Rest(ReadOnlySpan<byte> value) => output.Write(value);
}
