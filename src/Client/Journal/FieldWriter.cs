using System.Buffers.Binary;
using System.Text;
using ActorCompute.Messages;

namespace ActorCompute.Client.Journal;

/// <summary>Puts records together, one behind the other, in one buffer that is used again.</summary>
internal sealed class FieldWriter(byte[] mark)
{
    private byte[] _bytes = new byte[1 << 16];
    private int _record;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public FieldWriter Begin(RecordType type)
    {
        _record = Length;
        Bytes(mark);
        Length += 8;
        return Byte((byte)type);
    }

    /// <summary>Fills in length and checksum.</summary>
    public void End()
    {
        var record = _bytes.AsSpan(_record, Length - _record);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], record.Length - JournalFormat.RecordHeadLength);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], Crc32C.Of(record[12..]));
    }

    public FieldWriter Byte(byte value)
    {
        Room(1)[0] = value;
        Length++;
        return this;
    }

    public FieldWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);
        Length += 4;
        return this;
    }

    public FieldWriter Varint(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        return Byte((byte)value);
    }

    public FieldWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        // Room for a record's head as well, so that Begin may skip over it.
        bytes.CopyTo(Room(bytes.Length + JournalFormat.RecordHeadLength));
        Length += bytes.Length;
        return this;
    }

    public FieldWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Varint(bytes.Length).Bytes(bytes);
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count) Array.Resize(ref _bytes, Math.Max(Length + count, Math.Min(Array.MaxLength, _bytes.Length * 2)));
        return _bytes.AsSpan(Length);
    }
}
