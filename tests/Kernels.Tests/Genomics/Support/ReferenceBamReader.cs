using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>
/// Reads a whole BAM file into memory, slowly and plainly, with a stock gzip reader: what the scanner's counts are compared
/// with. For sound files; any damage throws.
/// </summary>
internal sealed class ReferenceBamReader
{
    private ReferenceBamReader(List<(string Name, int Length)> references, List<ReferenceRecord> records)
    {
        References = references;
        Records = records;
    }

    public List<(string Name, int Length)> References { get; }

    public List<ReferenceRecord> Records { get; }

    public static ReferenceBamReader Read(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var inflated = new MemoryStream();
        gzip.CopyTo(inflated);
        inflated.Position = 0;
        using var reader = new BinaryReader(inflated);
        if (!reader.ReadBytes(4).AsSpan().SequenceEqual("BAM\x01"u8))
            throw new InvalidDataException("magic");
        _ = reader.ReadBytes(reader.ReadInt32());
        var references = new List<(string, int)>();
        var count = reader.ReadInt32();
        for (var i = 0; i < count; i++)
        {
            var name = Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadInt32())).TrimEnd('\0');
            references.Add((name, reader.ReadInt32()));
        }

        var records = new List<ReferenceRecord>();
        while (inflated.Position < inflated.Length)
        {
            var bytes = reader.ReadBytes(reader.ReadInt32());
            records.Add(ReferenceRecord.Parse(bytes));
        }

        return new ReferenceBamReader(references, records);
    }

    public long Count(Func<ReferenceRecord, bool> which) => Records.LongCount(which);

    public long CountRegion(int referenceId, long first, long last) => Count(r => r.Overlaps(referenceId, first, last));
}

internal sealed record ReferenceRecord(int ReferenceId, int Position, ushort Flags, byte MappingQuality, long End, int MateReferenceId)
{
    // First and last from 1; End is the base after the last one, from 0, and so the last one from 1.
    public bool Overlaps(int referenceId, long first, long last) =>
        ReferenceId == referenceId && Position + 1 <= last && End >= first;

    public static ReferenceRecord Parse(byte[] bytes)
    {
        var position = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(14));
        var operations = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(12));
        var bases = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16));
        var cigarAt = 32 + bytes[8];
        var cigar = bytes.AsSpan(cigarAt, 4 * operations);
        if (operations == 2 && BinaryPrimitives.ReadUInt32LittleEndian(cigar) == ((uint)bases << 4 | 4))
        {
            // Good enough for tests: the bytes CGBI stand nowhere else in their records.
            var rest = bytes.AsSpan(cigarAt + 8 + (bases + 1) / 2 + bases);
            var tag = rest.IndexOf("CGBI"u8);
            if (tag >= 0)
                cigar = rest.Slice(tag + 8, 4 * BinaryPrimitives.ReadInt32LittleEndian(rest[(tag + 4)..]));
        }

        var length = 0L;
        if ((flags & 4) == 0)
        {
            for (var i = 0; i < cigar.Length; i += 4)
            {
                var operation = BinaryPrimitives.ReadUInt32LittleEndian(cigar[i..]);
                if ("MDN=X".Contains("MIDNSHP=X"[(int)(operation & 15)]))
                    length += operation >> 4;
            }
        }

        return new ReferenceRecord(BinaryPrimitives.ReadInt32LittleEndian(bytes), position, flags, bytes[9],
            position + Math.Max(1, length), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(20)));
    }
}
