using System.IO.Compression;
using System.Text;

namespace ActorCompute.EndToEnd;

/// <summary>
/// Reads a BAM file from end to end with nothing of the product: BGZF is a series of gzip members, which
/// <see cref="GZipStream"/> reads as one. Slow and without checks.
/// </summary>
internal static class PlainBamReader
{
    /// <summary>A record: its reference (-1 for none), and the bases it covers, from 1, both included.</summary>
    public sealed record Alignment(int Reference, long First, long Last);

    public static IReadOnlyList<Alignment> Read(string path)
    {
        using var reader = new BinaryReader(new BufferedStream(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), 1 << 16), Encoding.ASCII);
        reader.ReadInt32(); // BAM\1
        reader.ReadBytes(reader.ReadInt32());
        for (var references = reader.ReadInt32(); references > 0; references--) reader.ReadBytes(reader.ReadInt32() + 4);
        var records = new List<Alignment>();
        while (TryReadLength(reader) is { } length)
        {
            var record = reader.ReadBytes(length);
            var reference = BitConverter.ToInt32(record, 0);
            var position = BitConverter.ToInt32(record, 4);
            var operations = BitConverter.ToUInt16(record, 12);
            var flags = BitConverter.ToUInt16(record, 14);
            var covered = 0L;
            for (var i = 0; i < operations && (flags & 4) == 0; i++)
            {
                // M, D, N, = and X move along the reference.
                var operation = BitConverter.ToUInt32(record, 32 + record[8] + (4 * i));
                if ((operation & 15) is 0 or 2 or 3 or 7 or 8) covered += operation >> 4;
            }

            records.Add(new(reference, position + 1, position + Math.Max(covered, 1)));
        }

        return records;
    }

    private static int? TryReadLength(BinaryReader reader)
    {
        var bytes = reader.ReadBytes(4);
        return bytes.Length == 4 ? BitConverter.ToInt32(bytes) : null;
    }
}
