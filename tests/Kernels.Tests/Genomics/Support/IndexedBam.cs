using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>Writes sorted test records as a BAM file with its BAI or CSI index, in blocks of any size.</summary>
internal static class IndexedBam
{
    public static string Write(TestFolder folder, string name, (string Name, int Length)[] references, TestRecord[] records,
        int blockSize = 65280, bool endOfFile = true, byte[]? header = null, bool csi = false)
    {
        header ??= TestBam.Header(references);
        var encoded = records.Select(r => r.Encode()).ToArray();
        byte[] data = [.. header, .. encoded.SelectMany(r => r)];
        var file = TestBam.Compress(data, blockSize, endOfFile);
        var path = folder.Write(name, file);

        var starts = new List<long>();
        for (long at = 0; at < file.Length; at += BitConverter.ToUInt16(file, (int)at + 16) + 1)
            starts.Add(at);
        starts.Add(file.Length); // where the end-of-file block would be
        var index = new BaiBuilder(references.Length);
        var csiIndex = new TestCsi(references.Length);
        var offset = header.Length;
        foreach (var record in encoded)
        {
            var r = ReferenceRecord.Parse(record[4..]);
            var range = new VirtualRange(Offset(offset), Offset(offset + record.Length));
            index.Add(r.ReferenceId, r.Position, r.End, (r.Flags & 4) == 0, range);
            csiIndex.Add(r, range);
            offset += record.Length;
        }

        if (csi)
        {
            folder.Write(name + ".csi", csiIndex.Bytes());
            return path;
        }

        using var stream = new MemoryStream();
        index.Write(stream);
        folder.Write(name + ".bai", stream.ToArray());
        return path;

        VirtualOffset Offset(int dataOffset) => new(starts[dataOffset / blockSize], dataOffset % blockSize);
    }

    /// <summary>Sorted records of all kinds, the same for the same seed.</summary>
    public static TestRecord[] RandomRecords(int seed, int count, int references, int length)
    {
        var random = new Random(seed);
        string[] cigars = ["10M", "5M5I", "2S8M", "4M1000N6M", "3M40D7M", "10S", "*", "1M200000N9M", "4=2X4=", "10M5H"];
        return
        [
            .. Enumerable.Range(0, count)
                .Select(i => new TestRecord(random.Next(references), random.Next(-1, length),
                    cigars[random.Next(cigars.Length)], (ushort)random.Next(4096), (byte)random.Next(256),
                    new string('n', random.Next(1, 200)))
                {
                    MateReferenceId = random.Next(-1, references),
                    Tags = [.. "XXZ"u8, .. Enumerable.Repeat((byte)'x', random.Next(300)), 0],
                })
                .OrderBy(r => r.ReferenceId).ThenBy(r => r.Position),
            .. Enumerable.Range(0, count / 10).Select(i => TestRecord.Unplaced($"u{i}")),
        ];
    }
}
