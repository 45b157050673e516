using System.Buffers;

namespace ActorCompute.Kinds.Fields;

/// <summary>
/// Writes values one after the other: numbers in groups of seven bits, low ones first, text with its length before it. Used
/// instead of JSON where a command's first 70 ms would go into making ready a serializer.
/// </summary>
internal readonly ref struct FieldWriter(IBufferWriter<byte> output)
{
    private const int LongestNumber = 10;

    public void Number(ulong value)
    {
        var span = output.GetSpan(LongestNumber);
        var length = 0;
        for (; value >= 0x80; value >>= 7) span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }

    /// <summary>Small ones of either sign are short: 0, -1, 1, -2, … become 0, 1, 2, 3, …</summary>
    public void Number(long value) => Number((ulong)(value << 1 ^ value >> 63));

    public void Truth(bool value) => Number(value ? 1UL : 0UL);

    public void Text(string value)
    {
        var length = System.Text.Encoding.UTF8.GetByteCount(value);
        Number((ulong)length);
        System.Text.Encoding.UTF8.GetBytes(value, output.GetSpan(length + 1));
        output.Advance(length);
    }

    /// <summary>With their number before them.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        output.Write(value);
    }
}
