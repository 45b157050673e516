using System.Buffers.Binary;
using System.Security.Cryptography;
using ActorCompute.Messages;

namespace ActorCompute.Client.Journal;

/// <summary>The bytes of a journal. All numbers are little endian; a varint has seven bits a byte, the lowest first.</summary>
/// <remarks>
/// <code>
///  file:    0        8         12       20       24
///           | magic  | version | mark   | CRC-32C of bytes 0 to 19 | record | record | ...
///
///  record:  0        8         12       16     17         17 + n
///           | mark   | CRC-32C | length | type | payload  |
///                              └─── covered by it ────────┘      length = n, of the payload alone
///
///  payload: Header   JSON: the job (JournalHeader); the first record, and the only one of its type
///           Worker   id varint, process varint, name, host       texts: length varint, UTF-8
///           Result   number varint, CRC-32C of the task (4), attempt varint, worker varint, ticks varint, result bytes
///           Failure  as Result up to the ticks, then cause (1), type, message
///           End      tasks varint, failed varint: the plan was drawn to its end, and all tasks had an outcome
///           Skip     from varint, to varint: damage that was accepted when the journal was salvaged
/// </code>
/// The mark is eight random bytes, drawn for each journal: no result can hold it on purpose, so after damage the next mark
/// is where the next record begins.
/// </remarks>
internal static class JournalFormat
{
    public const int Version = 1;
    public const int FileHeadLength = 24;
    public const int RecordHeadLength = 17;

    /// <summary>Of a payload.</summary>
    public const int LargestPayload = 32 << 20;

    /// <summary>Of a result, with room for what is noted beside it.</summary>
    public const int LargestResult = LargestPayload - (1 << 20);

    /// <summary>Task numbers are below this, so that sums of them never overflow.</summary>
    public const long NumberLimit = 1L << 46;

    // As PNG's: one byte that is no ASCII, and both kinds of line end, which a transfer as text would change.
    public static ReadOnlySpan<byte> Magic => [0x8A, (byte)'A', (byte)'C', (byte)'J', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    public static byte[] NewMark() => RandomNumberGenerator.GetBytes(8);

    public static byte[] FileHead(ReadOnlySpan<byte> mark)
    {
        var head = new byte[FileHeadLength];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(8), Version);
        mark.CopyTo(head.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(20), Crc32C.Of(head.AsSpan(0, 20)));
        return head;
    }

    /// <returns>The mark.</returns>
    /// <exception cref="JournalException">It is no journal, or one of another version.</exception>
    public static byte[] ReadFileHead(ReadOnlySpan<byte> head)
    {
        if (head.Length < FileHeadLength || !head[..8].SequenceEqual(Magic)) throw new JournalException(JournalFault.Damaged, "it does not begin as a journal does (offset 0).");
        if (BinaryPrimitives.ReadUInt32LittleEndian(head[20..]) != Crc32C.Of(head[..20])) throw new JournalException(JournalFault.Damaged, "its first 24 bytes are damaged (offset 0).");
        var version = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        return version == Version ? head[12..20].ToArray() : throw new JournalException(JournalFault.Damaged, $"it has format version {version}; this program reads version {Version}.");
    }
}

/// <summary>What a record is.</summary>
internal enum RecordType : byte
{
    Header = 1,
    Worker = 2,
    Result = 3,
    Failure = 4,
    End = 5,
    Skip = 6,
}

/// <summary>A record as it stands in the file.</summary>
/// <param name="Type">Any value: later versions may know more types.</param>
/// <param name="Offset">Where its mark begins.</param>
/// <param name="Payload">Good until the next is read.</param>
internal readonly record struct JournalRecord(RecordType Type, long Offset, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The first byte behind it.</summary>
    public long End => Offset + JournalFormat.RecordHeadLength + Payload.Length;
}

/// <summary>Bytes that are no records: from, to, the latter not included.</summary>
internal readonly record struct DamagedRange(long From, long To);
