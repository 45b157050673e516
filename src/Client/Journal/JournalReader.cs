using System.Buffers.Binary;
using ActorCompute.Messages;

namespace ActorCompute.Client.Journal;

/// <summary>Reads records from front to back. Pure over its stream: decides what is a record, what is damage, and what a torn tail.</summary>
/// <remarks>
/// What is no record up to the next good one is damage; without a next one it is the tail that a crash leaves, torn or
/// zero-filled. Finding the next record looks at each byte a fixed number of times, whatever the bytes are.
/// </remarks>
internal sealed class JournalReader
{
    private readonly JournalBytes _bytes;
    private readonly List<DamagedRange> _damage = [];
    private readonly byte[] _mark;

    /// <exception cref="JournalException">It does not begin as a journal does.</exception>
    public JournalReader(Stream stream)
    {
        _bytes = new(stream);
        _mark = JournalFormat.ReadFileHead(_bytes.At(0, JournalFormat.FileHeadLength).Span);
        Position = JournalFormat.FileHeadLength;
    }

    public byte[] Mark => _mark;

    /// <summary>Where the next record begins; in the end, where the next is to be written.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes of the tail that are no records.</summary>
    public long TornBytes { get; private set; }

    /// <summary>Damage that good records follow.</summary>
    public IReadOnlyList<DamagedRange> Damage => _damage;

    public bool TryRead(out JournalRecord record)
    {
        if (TryReadAt(Position, out record))
        {
            Position = record.End;
            return true;
        }

        if (Position >= _bytes.Length) return false;
        if (NextAfter(Position) is { } next)
        {
            _damage.Add(new(Position, next));
            Position = next;
            return TryRead(out record);
        }

        TornBytes = _bytes.Length - Position;
        return false;
    }

    /// <summary>Counts a record as damage that cannot be taken apart though its checksum is right.</summary>
    public void Reject(in JournalRecord record) => _damage.Add(new(record.Offset, record.End));

    /// <summary>The record at an offset, if there is a good one.</summary>
    public bool TryReadAt(long offset, out JournalRecord record)
    {
        record = default;
        if (!TryReadHead(offset, out var type, out var length)) return false;
        var bytes = _bytes.At(offset, JournalFormat.RecordHeadLength + length);
        if (bytes.Length < JournalFormat.RecordHeadLength + length) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[8..]) != Crc32C.Of(bytes.Span[12..])) return false;
        record = new(type, offset, bytes[JournalFormat.RecordHeadLength..]);
        return true;
    }

    /// <summary>What a record at an offset says of itself, if it may be one: nothing is checked but that it could fit.</summary>
    private bool TryReadHead(long offset, out RecordType type, out int length)
    {
        (type, length) = (default, 0);
        var head = _bytes.At(offset, JournalFormat.RecordHeadLength).Span;
        if (head.Length < JournalFormat.RecordHeadLength || !head[..8].SequenceEqual(_mark)) return false;
        length = BinaryPrimitives.ReadInt32LittleEndian(head[12..]);
        type = (RecordType)head[16];
        return length is >= 0 and <= JournalFormat.LargestPayload && length <= _bytes.Length - offset - JournalFormat.RecordHeadLength;
    }

    /// <summary>
    /// The next good record. One that another mark lies in is none (a mark is random): so a candidate costs no more than the
    /// way to the next, also when somebody filled a file with marks and huge lengths.
    /// </summary>
    private long? NextAfter(long offset)
    {
        for (var mark = FindMark(offset + 1); mark is { } candidate;)
        {
            mark = FindMark(candidate + 1);
            if (!TryReadHead(candidate, out _, out var length)) continue;
            if (mark is { } following && candidate + JournalFormat.RecordHeadLength + length > following) continue;
            if (TryReadAt(candidate, out _)) return candidate;
        }

        return null;
    }

    private long? FindMark(long from)
    {
        const int step = 1 << 16;
        for (var offset = from; offset + _mark.Length <= _bytes.Length; offset += step)
        {
            // Windows overlap by a mark less one byte.
            var at = _bytes.At(offset, step + _mark.Length - 1).Span.IndexOf(_mark);
            if (at >= 0) return offset + at;
        }

        return null;
    }
}
