using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>
/// Damaged files against a slow reader of their own: the same counts, or an error that says what is wrong, or a count that is
/// flagged as cut short. Never anything else, with any library, whole and in parts.
/// </summary>
public sealed class BamFuzzTests : TestFolder
{
    private static readonly (string, int)[] References = [("chr1", 400_000), ("none", 1000), ("chr2", 400_000)];

    [Fact]
    public void Count_BitsFlipped_IsRightOrAnError() => Fuzz.Run(250, random =>
    {
        var path = Make(random);
        var bytes = File.ReadAllBytes(path);
        var sound = PlainBam.Read(bytes);
        for (var flips = random.Next(1, 4); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        File.WriteAllBytes(path, bytes);
        Check(path, random, sound);
    });

    [Fact]
    public void Count_CutAnywhere_IsRightOrFlaggedOrAnError() => Fuzz.Run(250, random =>
    {
        var path = Make(random);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..random.Next(bytes.Length + 1)]);
        Check(path, random, PlainBam.Read(bytes));
    });

    /// <summary>Blocks are sound, what is in them is not: no checksum helps.</summary>
    [Fact]
    public void Count_RecordsDamagedBeforeTheyWereCompressed_IsRightOrAnError() => Fuzz.Run(250, random =>
    {
        var header = TestBam.Header(References);
        byte[] data = [.. header, .. IndexedBam.RandomRecords(random.Next(), 30, 3, 400_000).SelectMany(record => record.Encode())];
        for (var flips = random.Next(1, 4); flips > 0; flips--) data[random.Next(header.Length, data.Length)] ^= (byte)(1 << random.Next(8));
        if (random.Next(4) == 0) data = data[..random.Next(header.Length, data.Length)];
        var path = Write("x.bam", TestBam.Compress(data, random.Next(1, 3000), endOfFile: random.Next(4) > 0));
        Check(path, random, null);
    });

    [Fact]
    public void Count_IndexDamaged_IsRightOrAnError() => Fuzz.Run(250, random =>
    {
        var path = Make(random);
        var index = Path.Exists(path + ".csi") ? path + ".csi" : path + ".bai";
        var bytes = File.ReadAllBytes(index);
        for (var flips = random.Next(1, 4); flips > 0; flips--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        if (random.Next(8) == 0) bytes = bytes[..random.Next(bytes.Length)];
        File.WriteAllBytes(index, bytes);
        Check(path, random, PlainBam.Read(File.ReadAllBytes(path)));
    });

    /// <summary>Two blocks that meet at each byte of the data in turn, and blocks of each length.</summary>
    [Fact]
    public void Count_BlockEdgeAtEveryByte_IsTheSame()
    {
        var records = IndexedBam.RandomRecords(5, 6, 3, 400_000);
        byte[] data = [.. TestBam.Header(References), .. records.SelectMany(record => record.Encode())];
        var truth = PlainBam.Read(TestBam.Compress(data));
        Assert.True(truth.IsSound);
        Assert.Equal(records.Length, truth.Records.Count);
        for (var edge = 1; edge < data.Length; edge++)
        {
            var path = Write("x.bam", [.. TestBam.Block(data[..edge]), .. edge % 3 == 0 ? TestBam.Block([]) : [], .. TestBam.Block(data[edge..]), .. TestBam.EndOfFile]);
            CheckFile(path, truth, Inflaters.Available[edge % Inflaters.Available.Count]);
            if (edge > 200) continue;
            File.WriteAllBytes(path, TestBam.Compress(data, edge));
            CheckFile(path, truth, Inflaters.Available[edge % Inflaters.Available.Count]);
        }
    }

    private string Make(Random random)
    {
        File.Delete(PathOf("x.bam.bai"));
        File.Delete(PathOf("x.bam.csi"));
        int[] sizes = [random.Next(40, 200), random.Next(200, 3000), 65280];
        var records = IndexedBam.RandomRecords(random.Next(), random.Next(60), 2, 400_000).Select(record => record.ReferenceId == 1 ? record with { ReferenceId = 2 } : record);
        return IndexedBam.Write(this, "x.bam", References, [.. records], sizes[random.Next(3)], csi: random.Next(2) == 0);
    }

    // The index is that of the sound file: null where there is none.
    private static void Check(string path, Random random, PlainBam? sound)
    {
        var truth = PlainBam.Read(File.ReadAllBytes(path));
        foreach (var library in Inflaters.Available)
        {
            CheckFile(path, truth, library);
            if (sound is not null) CheckParts(path, sound, library, random.Next(1, 3000));
        }
    }

    private static void CheckFile(string path, PlainBam truth, InflaterProvider library)
    {
        try
        {
            using var bam = BamFile.Open(path);
            var result = new BamScanner(bam, null, library).CountFile();
            Assert.True(truth.IsSound || result.Truncated, $"{library.Name}: {result.Count} records of a damaged file, and no error");
            Assert.Equal((library.Name, !truth.HasEndOfFileBlock), (library.Name, result.Truncated));
            // Of a file that ends within a record, that record may be counted: what is looked at of it was there.
            if (truth.IsSound) Assert.Equal(truth.Records.Count, result.Count);
            else Assert.InRange(result.Count, truth.Records.Count, truth.Records.Count + 1);
            if (truth.IsSound) Assert.Equal(Enumerable.Range(0, truth.References).Select(truth.CountOn), result.References);
        }
        catch (GenomicsFileException e)
        {
            Assert.False(truth.IsSound, $"{library.Name}: {e.Message}");
        }
    }

    private static void CheckParts(string path, PlainBam truth, InflaterProvider library, int size)
    {
        try
        {
            using var bam = BamFile.Open(path);
            var index = BamIndex.Load(bam);
            var cutter = new BamCutter(bam, index, _ => size);
            var scanner = new BamScanner(bam, null, library);
            for (var id = 0; id < bam.Header.References.Count; id++) CheckParts(scanner, cutter.Reference(id), index.CountsOf(id)?.Total, truth.CountOn(id));
            CheckParts(scanner, [cutter.Unplaced()], index.Unplaced, truth.CountOn(-1));
        }
        catch (GenomicsFileException)
        {
            // Of the header or the index: nothing is counted.
        }
    }

    private static void CheckParts(BamScanner scanner, IReadOnlyList<BamPart> parts, long? expected, long truth)
    {
        try
        {
            var results = parts.Select(part => scanner.CountPart(part)).ToList();
            var count = results.Sum(result => result.Count);
            // As a scan's reduction does it: a total that the index has otherwise is no total.
            if (results.Any(result => result.Truncated) || (expected is { } records && records != count)) return;
            Assert.Equal(truth, count);
        }
        catch (GenomicsFileException)
        {
        }
    }
}
