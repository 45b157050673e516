using System.Buffers.Binary;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>What can be read of a BAM file's bytes, sound or not.</summary>
/// <param name="IsSound">Every block and record is whole and right.</param>
/// <param name="HasEndOfFileBlock">The file ends as a complete one does.</param>
/// <param name="References">How many references the header has; -1 where that cannot be read.</param>
/// <param name="Records">The records up to the first damage or the end.</param>
internal sealed record PlainBam(bool IsSound, bool HasEndOfFileBlock, int References, IReadOnlyList<ReferenceRecord> Records)
{
    /// <summary>Reads slowly and plainly, with an inflate and a CRC of its own; never throws.</summary>
    public static PlainBam Read(byte[] file)
    {
        var isSound = true;
        var data = new List<byte>();
        for (var at = 0; at < file.Length;)
        {
            if (Block(file.AsSpan(at)) is not { } block)
            {
                isSound = false;
                break;
            }

            data.AddRange(block.Content);
            at += block.Size;
        }

        var (bytes, next) = (data.ToArray(), 0);
        var (references, records) = (-1, new List<ReferenceRecord>());
        if (Header(bytes, out var count, out next)) references = count;
        else isSound = false;
        while (references >= 0 && next < bytes.Length)
        {
            if (Record(bytes.AsSpan(next), references) is not { } size)
            {
                isSound = false;
                break;
            }

            records.Add(ReferenceRecord.Parse(bytes[(next + 4)..(next + size)]));
            next += size;
        }

        return new(isSound, file.AsSpan().EndsWith(TestBam.EndOfFile), references, records);
    }

    public long CountOn(int referenceId) => Records.Count(record => record.ReferenceId == referenceId);

    private static (int Size, byte[] Content)? Block(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 18 || bytes[0] != 0x1F || bytes[1] != 0x8B || bytes[2] != 8 || bytes[3] != 4) return null;
        var extra = BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        if (bytes.Length < 12 + extra) return null;
        var size = 0;
        var at = 12;
        while (at + 4 <= 12 + extra)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
            if (at + 4 + length > 12 + extra) return null;
            if (bytes[at] == 'B' && bytes[at + 1] == 'C')
            {
                if (length != 2 || size != 0) return null;
                size = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 4)..]) + 1;
            }

            at += 4 + length;
        }

        if (at != 12 + extra || size < 12 + extra + 10 || size > bytes.Length) return null;
        var content = PlainInflate.Inflate(bytes[(12 + extra)..(size - 8)], 65536);
        if (content is null || content.Length != BinaryPrimitives.ReadUInt32LittleEndian(bytes[(size - 4)..])) return null;
        return TestBam.Crc32(content) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[(size - 8)..]) ? (size, content) : null;
    }

    private static bool Header(ReadOnlySpan<byte> bytes, out int references, out int end)
    {
        (references, end) = (0, 0);
        if (bytes.Length < 12 || !bytes[..4].SequenceEqual("BAM\x01"u8)) return false;
        var text = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (text < 0 || text > bytes.Length - 12) return false;
        references = BinaryPrimitives.ReadInt32LittleEndian(bytes[(8 + text)..]);
        end = 12 + text;
        for (var i = 0; i < references; i++)
        {
            if (bytes.Length - end < 4) return false;
            var name = BinaryPrimitives.ReadInt32LittleEndian(bytes[end..]);
            if (name < 1 || name > bytes.Length - end - 8) return false;
            end += 8 + name;
        }

        return references >= 0;
    }

    // The bytes of a whole record, or null.
    private static int? Record(ReadOnlySpan<byte> bytes, int references)
    {
        if (bytes.Length < 36) return null;
        var size = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (size < 32 || size > bytes.Length - 4) return null;
        var (reference, position, mate) = (BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]));
        var bases = BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]);
        var contents = 32L + bytes[12] + (4L * BinaryPrimitives.ReadUInt16LittleEndian(bytes[16..])) + ((bases + 1L) / 2) + bases;
        var isRight = bytes[12] > 0 && bases >= 0 && contents <= size && position >= -1 && reference >= -1 && reference < references && mate >= -1 && mate < references;
        return isRight && HasMatchingCigar(bytes) ? 4 + size : null;
    }

    // Of a mapped read with bases and a CIGAR: M, I, S, = and X go along the read.
    private static bool HasMatchingCigar(ReadOnlySpan<byte> bytes)
    {
        var operations = BinaryPrimitives.ReadUInt16LittleEndian(bytes[16..]);
        var bases = BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]);
        if (operations == 0 || bases == 0 || (bytes[18] & 4) != 0) return true;
        var length = 0L;
        for (var i = 0; i < operations; i++)
        {
            var operation = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(36 + bytes[12] + (4 * i))..]);
            if ((operation & 15) is 0 or 1 or 4 or 7 or 8) length += operation >> 4;
        }

        return length == bases;
    }
}
