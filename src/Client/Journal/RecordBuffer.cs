using System.Buffers;
using System.Buffers.Binary;
using ActorCompute.Messages;

namespace ActorCompute.Client.Journal;

/// <summary>Puts records together, one behind the other, in one buffer that is used again: mark, length and checksum around their fields.</summary>
internal sealed class RecordBuffer(byte[] mark) : IBufferWriter<byte>
{
    private byte[] _bytes = new byte[1 << 16];
    private int _record;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Begins a record; its fields follow, and <see cref="End"/>.</summary>
    public FieldWriter Begin(RecordType type)
    {
        _record = Length;
        var head = GetSpan(JournalFormat.RecordHeadLength);
        mark.CopyTo(head);
        head[JournalFormat.RecordHeadLength - 1] = (byte)type;
        Length += JournalFormat.RecordHeadLength;
        return new(this);
    }

    /// <summary>Fills in length and checksum.</summary>
    public void End()
    {
        var record = _bytes.AsSpan(_record, Length - _record);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], record.Length - JournalFormat.RecordHeadLength);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], Crc32C.Of(record[12..]));
    }

    /// <summary>Adds a record of two numbers.</summary>
    public void AddPair(RecordType type, long first, long second)
    {
        var fields = Begin(type);
        fields.NaturalNumber(first);
        fields.NaturalNumber(second);
        End();
    }

    public void Advance(int count) => Length += count;

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var count = Math.Max(1, sizeHint);
        if (_bytes.Length - Length < count) Array.Resize(ref _bytes, Math.Max(Length + count, Math.Min(Array.MaxLength, _bytes.Length * 2)));
        return _bytes.AsMemory(Length);
    }
}
