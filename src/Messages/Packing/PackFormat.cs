namespace ActorCompute.Messages.Packing;

/// <summary>The tag before each value of a pack.</summary>
public static class PackFormat
{
    /// <summary>What stands before a value of this length.</summary>
    public static uint Tag(int length, bool failed) => ((uint)length << 1) | (failed ? 1u : 0u);

    /// <summary>Bytes that a tag takes.</summary>
    public static int SizeOf(uint tag)
    {
        var size = 1;
        for (; tag >= 0x80; tag >>= 7) size++;
        return size;
    }

    /// <summary>Puts the tag before a value that was written behind one free byte, and moves the value where the tag takes more.</summary>
    /// <param name="item">The free byte, the value, and room for the rest of the tag.</param>
    /// <param name="length">Bytes of the value.</param>
    /// <param name="tag">The tag; see <see cref="SizeOf"/> for the room it takes.</param>
    /// <returns>Bytes of tag and value.</returns>
    public static int PutTag(Span<byte> item, int length, uint tag)
    {
        var size = SizeOf(tag);
        if (size > 1) item.Slice(1, length).CopyTo(item[size..]);
        var at = 0;
        for (; tag >= 0x80; tag >>= 7) item[at++] = (byte)(tag | 0x80);
        item[at] = (byte)tag;
        return size + length;
    }

    /// <summary>Bytes that a number takes at most, with its tag.</summary>
    public const int LongestNumber = 1 + ValueCodec<long>.LongestNumber;

    /// <summary>Puts a number, with its tag, as <see cref="ValueCodec{T}"/> writes it: the common case, without a writer between.</summary>
    /// <param name="room">Room for <see cref="LongestNumber"/>.</param>
    /// <param name="value">The value.</param>
    /// <returns>Bytes of tag and value; 0 for a value that is no number.</returns>
    public static int PutNumber<T>(Span<byte> room, T value)
    {
        if (!ValueCodec<T>.IsNumber) return 0;
        var length = ValueCodec<T>.WriteNumber(value, room[1..]);
        room[0] = (byte)Tag(length, failed: false);
        return 1 + length;
    }

    /// <summary>Reads the value at <paramref name="offset"/>, and goes behind it.</summary>
    /// <param name="pack">The pack; from outside, so nothing in it is believed.</param>
    /// <param name="offset">Where the value begins; afterwards, where the next one does.</param>
    /// <param name="failed">The value is an error.</param>
    /// <exception cref="BrokenPackException">There is no whole value.</exception>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> pack, scoped ref int offset, out bool failed)
    {
        var at = offset;
        if ((uint)at < (uint)pack.Length && pack[at] is < 0x80 and var only && only >> 1 < pack.Length - at)
        {
            failed = (only & 1) != 0;
            offset = at + 1 + (only >> 1);
            return pack.Slice(at + 1, only >> 1);
        }

        return ReadLong(pack, ref offset, out failed);
    }

    private static ReadOnlySpan<byte> ReadLong(ReadOnlySpan<byte> pack, scoped ref int offset, out bool failed)
    {
        var at = offset;
        var tag = 0u;
        for (var shift = 0; ; shift += 7)
        {
            if ((uint)at >= (uint)pack.Length || shift > 28) throw Broken(offset, pack.Length);
            var next = pack[at++];
            tag |= (uint)(next & 0x7f) << shift;
            if (next < 0x80) break;
        }

        failed = (tag & 1) != 0;
        var length = (int)(tag >> 1);
        if (length > pack.Length - at) throw Broken(offset, pack.Length);
        offset = at + length;
        return pack.Slice(at, length);
    }

    private static BrokenPackException Broken(int offset, int length) => new(offset, length);
}
