namespace ActorCompute;

/// <summary>Numbers as LEB128: seven bits a byte, low ones first, the top bit set while more follow.</summary>
internal static class Varint
{
    /// <summary>Bytes that a number takes at most.</summary>
    public const int MaxLength = 10;

    /// <summary>Writes a number to where there is room for it.</summary>
    /// <returns>How many bytes it takes.</returns>
    public static int Write(Span<byte> room, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7) room[length++] = (byte)(value | 0x80);
        room[length++] = (byte)value;
        return length;
    }

    /// <summary>Reads the number at the start of some bytes.</summary>
    /// <returns>How many bytes it takes; 0 when they end within it, -1 when it has more than 64 bits.</returns>
    public static int Read(ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var next = bytes[i];
            if (i == MaxLength - 1 && next > 1) return -1;
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80) return i + 1;
        }

        return 0;
    }
}
