using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public sealed class BamScannerTests : TestFolder
{
    private static readonly (string, int)[] References =
        [("chr1", 400_000), ("none", 1000), ("chr2", 400_000), ("chr3", 400_000)];

    private static readonly ReadFilter[] Filters =
    [
        default, new(0, 0x904, 0), new(0, 0, 30), new(1, 0, 0), new(3, 0x400, 20), new(0, 0xFFFF, 0), new(0, 0, 255),
    ];

    [Theory]
    [InlineData(1, 65280)]
    [InlineData(2, 1000)]
    [InlineData(3, 100)]
    [InlineData(4, 37)]
    public void Counts_OfRandomRecords_AreThoseOfTheReferenceReader(int seed, int blockSize)
    {
        var path = MakeRandom(seed, blockSize);
        var reference = ReferenceBamReader.Read(path);
        using var bam = BamFile.Open(path);
        var index = BamIndex.Load(bam);
        var random = new Random(seed);
        foreach (var provider in Inflaters.Available)
        {
            var scanner = new BamScanner(bam, index, provider);
            foreach (var filter in Filters)
            {
                bool Passes(ReferenceRecord r) => filter.Passes(r.Flags, r.MappingQuality);
                var file = scanner.CountFile(filter);
                Assert.Equal(reference.Count(Passes), file.Count);
                Assert.Equal((reference.Records.Count, ScanWarnings.None), (file.Records, file.Warnings));
                for (var id = 0; id < References.Length; id++)
                {
                    var expected = reference.Count(r => r.ReferenceId == id && Passes(r));
                    Assert.Equal(expected, file.References[id]);
                    var result = scanner.CountReference(id, filter);
                    Assert.Equal((expected, ScanWarnings.None), (result.Count, result.Warnings));
                    Assert.Equal(reference.Count(r => r.ReferenceId == id), result.Records);
                }

                Assert.Equal(reference.Count(r => r.ReferenceId < 0 && Passes(r)), file.Unplaced);
                Assert.Equal(file.Unplaced, scanner.CountUnplaced(filter).Count);
                Assert.Equal(file.Unplaced, scanner.CountRegion(Region.Unplaced, filter).Count);
            }

            for (var round = 0; round < 300; round++)
            {
                var filter = Filters[random.Next(Filters.Length)];
                var id = random.Next(References.Length);
                long first = random.Next(1, 450_000);
                long length = (round % 3) switch { 0 => 1, 1 => random.Next(1, 500), _ => random.Next(1, 200_000) };
                var last = round % 20 == 0 ? Region.OpenEnd : first + length - 1;
                var region = Region.Of(bam.Header.References[id], first, last);
                var expected = reference.Count(r => r.Overlaps(id, first, last) && filter.Passes(r.Flags, r.MappingQuality));
                Assert.Equal((region, expected), (region, scanner.CountRegion(region, filter).Count));
            }
        }
    }

    [Fact]
    public void CountRange_RangesSideBySide_CountEachRecordOnce()
    {
        var path = MakeRandom(5, 300);
        using var bam = BamFile.Open(path);
        var scanner = new BamScanner(bam);
        var starts = Starts(bam);
        var whole = scanner.CountFile();
        var random = new Random(5);
        for (var round = 0; round < 20; round++)
        {
            VirtualOffset[] cuts = [bam.Header.FirstRecord,
                .. Enumerable.Range(0, 5).Select(_ => starts[random.Next(starts.Count)]).Order(), VirtualOffset.End];
            var parts = cuts.Zip(cuts.Skip(1)).Select(p => scanner.CountRange(new VirtualRange(p.First, p.Second))).ToList();
            Assert.Equal(whole.Records, parts.Sum(p => p.Records));
            Assert.Equal(whole.Unplaced, parts.Sum(p => p.Unplaced));
            for (var id = 0; id < References.Length; id++)
                Assert.Equal(whole.References[id], parts.Sum(p => p.References[id]));
        }
    }

    [Fact]
    public void CountRange_EndsWithinARecord_CountsTheRecord()
    {
        using var bam = BamFile.Open(MakeRandom(6, 300));
        var starts = Starts(bam);
        var end = new VirtualOffset(starts[10].Value + 1);
        Assert.Equal(11, new BamScanner(bam).CountRange(new VirtualRange(starts[0], end)).Records);
    }

    [Fact]
    public void CountFile_NoIndexNorOrder_IsCounted()
    {
        TestRecord[] records = [TestRecord.Unplaced(), new(2, 5), new(0, 7), TestRecord.Unplaced(), new(0, 1)];
        using var bam = BamFile.Open(Write("x.bam",
            TestBam.Compress([.. TestBam.Header(References), .. records.SelectMany(r => r.Encode())])));
        var result = new BamScanner(bam).CountFile();
        Assert.Equal([2, 0, 1, 0], result.References);
        Assert.Equal((2, 5), (result.Unplaced, result.Count));
        Assert.Equal(bam.Data.Length, result.BytesRead);
        Assert.Throws<InvalidOperationException>(() => new BamScanner(bam).CountReference(0));
    }

    [Fact]
    public void Count_NoEndOfFileBlock_IsCountedAndFlagged()
    {
        TestRecord[] records = [new(0, 5), new(2, 5), TestRecord.Unplaced()];
        var path = IndexedBam.Write(this, "x.bam", References, records, 100, endOfFile: false);
        using var bam = BamFile.Open(path);
        var scanner = new BamScanner(bam, BamIndex.Load(bam));
        var file = scanner.CountFile();
        Assert.Equal((3, ScanWarnings.NoEndOfFileBlock, true), (file.Count, file.Warnings, file.Truncated));
        Assert.Equal(new ScanResult(1, 1, 0, ScanWarnings.NoEndOfFileBlock), scanner.CountUnplaced() with { BytesRead = 0 });
        Assert.Equal(new ScanResult(1, 1, 0, ScanWarnings.None), scanner.CountReference(0) with { BytesRead = 0 });
        Assert.Equal(new ScanResult(1, 1, 0, ScanWarnings.None), scanner.CountReference(2) with { BytesRead = 0 });
    }

    [Fact]
    public void CountReference_FileCutOffBeforeIt_IsFlagged()
    {
        var path = MakeRandom(7, 1000);
        var content = File.ReadAllBytes(path);
        File.WriteAllBytes(path, content[..(content.Length / 3)]);
        using var bam = BamFile.Open(path);
        var scanner = new BamScanner(bam, BamIndex.Load(bam));
        var last = scanner.CountReference(3);
        Assert.Equal((0, true), (last.Count, last.Truncated));
        Assert.True(scanner.CountUnplaced().Truncated);
        Assert.True(scanner.CountRegion(Region.Of(bam.Header.References[3])).Truncated);
        Assert.Equal(scanner.CountFile().References[0], scanner.CountReference(0).Count);
    }

    [Fact]
    public void CountReference_DamageInAnother_DoesNotMatter()
    {
        var path = MakeRandom(8, 1000);
        long damaged;
        using (var bam = BamFile.Open(path))
            damaged = BamIndex.Load(bam).RangeOf(2)!.Value.Begin.BlockOffset;
        var content = File.ReadAllBytes(path);
        damaged += BitConverter.ToUInt16(content, (int)damaged + 16) + 1; // the first block that is chr2's alone
        content[damaged + 40] ^= 0xFF;
        File.WriteAllBytes(path, content);

        using var broken = BamFile.Open(path);
        var scanner = new BamScanner(broken, BamIndex.Load(broken));
        var error = Assert.Throws<BgzfException>(() => scanner.CountReference(2));
        Assert.Equal(damaged, error.Offset);
        Assert.Equal(damaged, Assert.Throws<BgzfException>(() => scanner.CountFile()).Offset);
        Assert.NotEqual(0, scanner.CountReference(0).Count);
        Assert.NotEqual(0, scanner.CountReference(3).Count);
        Assert.NotEqual(0, scanner.CountUnplaced().Count);
    }

    [Fact]
    public void CountReference_IndexOfAnEarlierVersion_IsAMismatch()
    {
        var path = IndexedBam.Write(this, "x.bam", References, Records(250));
        var index = File.ReadAllBytes(path + ".bai");
        IndexedBam.Write(this, "x.bam", References, Records(200));
        File.WriteAllBytes(path + ".bai", index);
        using var bam = BamFile.Open(path);
        var scanner = new BamScanner(bam, BamIndex.Load(bam));
        Assert.Equal(BamIndexError.Mismatch, Assert.Throws<BamIndexException>(() => scanner.CountReference(0)).Error);
        Assert.Equal(BamIndexError.Mismatch, Assert.Throws<BamIndexException>(() => scanner.CountReference(1)).Error);

        static TestRecord[] Records(int each) =>
            [.. Enumerable.Range(0, 500).Select(i => new TestRecord(i / each, i % each))];
    }

    [Fact]
    public void CountUnplaced_IndexOfAnEarlierVersion_IsAMismatch()
    {
        var path = IndexedBam.Write(this, "x.bam", References, [new(0, 1), TestRecord.Unplaced()]);
        var index = File.ReadAllBytes(path + ".bai");
        IndexedBam.Write(this, "x.bam", References, [new(0, 1), TestRecord.Unplaced(), TestRecord.Unplaced()]);
        File.WriteAllBytes(path + ".bai", index);
        using var bam = BamFile.Open(path);
        var scanner = new BamScanner(bam, BamIndex.Load(bam));
        Assert.Equal(BamIndexError.Mismatch, Assert.Throws<BamIndexException>(() => scanner.CountUnplaced()).Error);
        Assert.Equal(1, scanner.CountReference(0).Count);
    }

    [Fact]
    public void Count_Cancelled_Stops()
    {
        var path = MakeRandom(9, 100);
        using var bam = BamFile.Open(path);
        var scanner = new BamScanner(bam, BamIndex.Load(bam));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => scanner.CountFile(default, source.Token));
        Assert.Throws<OperationCanceledException>(() => scanner.CountReference(0, default, source.Token));
        Assert.Throws<OperationCanceledException>(() => scanner.CountUnplaced(default, source.Token));
    }

    [Fact]
    public void CountReference_ByManyThreads_IsTheSame()
    {
        using var bam = BamFile.Open(MakeRandom(10, 500));
        var scanner = new BamScanner(bam, BamIndex.Load(bam));
        var expected = Enumerable.Range(0, 4).Select(id => scanner.CountReference(id).Count).ToArray();
        Parallel.For(0, 200, i => Assert.Equal(expected[i % 4], scanner.CountReference(i % 4).Count));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4)]
    public void CountReference_NoSuchNumber_Throws(int id)
    {
        using var bam = BamFile.Open(MakeRandom(11, 500));
        var scanner = new BamScanner(bam, BamIndex.Load(bam));
        Assert.Throws<ArgumentOutOfRangeException>(() => scanner.CountReference(id));
    }

    private static List<VirtualOffset> Starts(BamFile bam)
    {
        using var reader = new BamRecordReader(bam);
        var starts = new List<VirtualOffset>();
        while (reader.Read())
            starts.Add(reader.Start);
        return starts;
    }

    // Nothing lies on reference 1.
    private string MakeRandom(int seed, int blockSize) => IndexedBam.Write(this, "x.bam", References,
    [
        .. IndexedBam.RandomRecords(seed, 600, 3, 400_000)
            .Select(r => r.ReferenceId > 0 ? r with { ReferenceId = r.ReferenceId + 1 } : r),
    ], blockSize);
}
