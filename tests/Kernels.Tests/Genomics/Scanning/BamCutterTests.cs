using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>However a file is cut, each record is in exactly one part: the one that holds its start.</summary>
public sealed class BamCutterTests : TestFolder
{
    private static readonly (string, int)[] References = [("chr1", 400_000), ("none", 1000), ("chr2", 400_000), ("chr3", 400_000)];

    public static TheoryData<int, int, bool> Files()
    {
        var files = new TheoryData<int, int, bool>();
        foreach (var blockSize in new[] { 37, 150, 1000, 65280 })
        {
            files.Add(blockSize, blockSize, false);
            files.Add(blockSize + 1, blockSize, true);
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Reference_PartsOfAnySize_HoldEachRecordOnce(int seed, int blockSize, bool csi)
    {
        using var bam = BamFile.Open(MakeRandom(seed, blockSize, csi));
        var index = BamIndex.Load(bam);
        Assert.EndsWith(csi ? ".csi" : ".bai", index.Path, StringComparison.Ordinal);
        var scanner = new BamScanner(bam, index);
        var filter = new ReadFilter(0, 0x400, 20);
        foreach (var size in new[] { 1, 50, 333, 2000, 10_000, int.MaxValue })
        {
            var cutter = new BamCutter(bam, index, left => Math.Min(left, size));
            for (var id = 0; id < References.Length; id++)
            {
                var parts = cutter.Reference(id);
                Assert.True(size < int.MaxValue || parts.Count == 1);
                AssertSideBySide(parts, index.RangeOf(id));
                Assert.Equal(scanner.CountReference(id).Records, parts.Sum(part => scanner.CountPart(part).Records));
                Assert.Equal(scanner.CountReference(id, filter).Count, parts.Sum(part => scanner.CountPart(part, filter).Count));
                Assert.Equal(StartsOn(bam, id), parts.SelectMany(part => Starts(bam, part)));
            }

            Assert.Equal(scanner.CountUnplaced().Records, scanner.CountPart(cutter.Unplaced()).Records);
        }
    }

    /// <summary>A scan that is stopped after any block leaves a rest, which is cut further: nothing is missed or met twice.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void CountPart_StoppedAnywhere_TheRestIsTheOtherRecords(int seed, int blockSize, bool csi)
    {
        using var bam = BamFile.Open(MakeRandom(seed, blockSize, csi));
        var index = BamIndex.Load(bam);
        var scanner = new BamScanner(bam, index);
        var (random, stopped) = (new Random(seed), 0);
        for (var round = 0; round < 60; round++)
        {
            var id = random.Next(References.Length);
            var whole = Assert.Single(new BamCutter(bam, index, _ => long.MaxValue / 2).Reference(id));
            var (left, size) = (random.Next(1, 20), random.Next(1, 3000));

            var done = scanner.CountPart(whole, stop: () => --left <= 0);

            IReadOnlyList<BamPart> rest = done.Rest is null ? [] : new BamCutter(bam, index, _ => size).Part(done.Rest);
            if (rest.Count > 1) stopped++;
            Assert.Equal(scanner.CountReference(id).Records, done.Records + rest.Sum(part => scanner.CountPart(part).Records));
        }

        Assert.True(stopped > 0 || blockSize > 10_000, "no scan was stopped");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Region_PartsOfAnySize_AddUpToTheRegion(int seed, int blockSize, bool csi)
    {
        using var bam = BamFile.Open(MakeRandom(seed, blockSize, csi));
        var index = BamIndex.Load(bam);
        var scanner = new BamScanner(bam, index);
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            var size = random.Next(1, 3000);
            var cutter = new BamCutter(bam, index, _ => size);
            var first = random.Next(1, 400_000);
            var region = Region.Of(bam.Header.References[random.Next(References.Length)], first, round % 5 == 0 ? Region.OpenEnd : first + random.Next(200_000));
            var parts = cutter.Region(region.Reference!.Id, region.First - 1, region.Last);
            Assert.Equal((region, scanner.CountRegion(region).Count), (region, parts.Sum(part => scanner.CountPart(part, region).Count)));
        }
    }

    [Fact]
    public void Reference_LargeOne_IsCutIntoAboutEqualParts()
    {
        using var bam = BamFile.Open(IndexedBam.Write(this, "x.bam", [("chr1", 2_000_000)], [.. Enumerable.Range(0, 20_000).Select(i => new TestRecord(0, i * 100))], 1000));
        var index = BamIndex.Load(bam);
        var parts = new BamCutter(bam, index, _ => bam.Data.Length / 20).Reference(0);
        Assert.InRange(parts.Count, 18, 21);
        Assert.All(parts, part => Assert.InRange(part.CompressedBytes, bam.Data.Length / 45, bam.Data.Length / 12));
        Assert.All(parts.SkipLast(1), part => Assert.Equal(PartEnd.Cut, part.End));
        Assert.Equal(PartEnd.OtherReference, parts[^1].End);
    }

    [Fact]
    public void Reference_RecordsLieOverManyBlocksAndCuts_AreCountedOnce()
    {
        // Names and tags make records of some blocks each.
        var records = Enumerable.Range(0, 400).Select(i => new TestRecord(0, i * 1000) { Tags = [.. "XXZ"u8, .. Enumerable.Repeat((byte)'x', 5000), 0] });
        using var bam = BamFile.Open(IndexedBam.Write(this, "x.bam", References, [.. records], 700));
        var index = BamIndex.Load(bam);
        var parts = new BamCutter(bam, index, _ => 1).Reference(0);
        Assert.InRange(parts.Count, 10, 400);
        Assert.Equal(400, parts.Sum(part => new BamScanner(bam).CountPart(part).Records));
    }

    [Fact]
    public void CountPart_EndsWhereNoRecordStarts_IsAMismatch()
    {
        using var bam = BamFile.Open(MakeRandom(3, 300, csi: false));
        var index = BamIndex.Load(bam);
        var scanner = new BamScanner(bam);
        var (range, starts) = (index.RangeOf(0)!.Value, StartsOn(bam, 0));
        foreach (var start in starts.Skip(1))
        {
            BamPart Upto(VirtualOffset end) => new(0, [new(range.Begin, end)], PartEnd.Cut);
            Assert.Equal(starts.Count(other => other < start), scanner.CountPart(Upto(start)).Records);
            var error = Assert.Throws<BamIndexException>(() => scanner.CountPart(Upto(new(start.Value + 1))));
            Assert.Equal(BamIndexError.Mismatch, error.Error);
        }

        Assert.Throws<BamIndexException>(() => scanner.CountPart(new(0, [new(range.Begin, VirtualOffset.End)], PartEnd.Cut)));
    }

    /// <summary>Some programs name the place between two blocks by the end of the first.</summary>
    [Fact]
    public void CountPart_CutIsTheEndOfABlock_IsTheStartOfTheNext()
    {
        var record = new TestRecord(0, 5).Encode();
        var header = TestBam.Header(References);
        byte[][] blocks = [TestBam.Block(header), TestBam.Block(record), TestBam.Block([]), TestBam.Block([.. record, .. record])];
        using var bam = BamFile.Open(Write("x.bam", [.. blocks.SelectMany(block => block), .. TestBam.EndOfFile]));
        var (second, empty, fourth) = (blocks[0].Length, blocks[0].Length + blocks[1].Length, blocks.Take(3).Sum(block => block.Length));
        var scanner = new BamScanner(bam);
        foreach (var cut in new VirtualOffset[] { new(second, record.Length), new(empty, 0), new(fourth, 0) })
        {
            Assert.Equal(1, scanner.CountPart(new(0, [new(new(second, 0), cut)], PartEnd.Cut)).Records);
            Assert.Equal(2, scanner.CountPart(new(0, [new(cut, VirtualOffset.End)], PartEnd.Open)).Records);
        }

        Assert.Throws<BamIndexException>(() => scanner.CountPart(new(0, [new(new(second, 0), new(second, record.Length - 1))], PartEnd.Cut)));
    }

    [Fact]
    public void CountPart_FileCutOff_IsFlagged()
    {
        var path = MakeRandom(4, 500, csi: false);
        BamPart[] parts;
        using (var whole = BamFile.Open(path)) parts = [.. new BamCutter(whole, BamIndex.Load(whole), _ => 1000).Reference(0)];
        var content = File.ReadAllBytes(path);
        File.WriteAllBytes(path, content[..(content.Length / 6)]);
        using var bam = BamFile.Open(path);
        var results = parts.Select(part => new BamScanner(bam).CountPart(part)).ToList();
        Assert.False(results[0].Truncated);
        Assert.True(results[^1].Truncated);
        Assert.All(results.Zip(parts), pair => Assert.Equal(pair.Second.Ranges[^1].End.BlockOffset > content.Length / 6, pair.First.Truncated));
    }

    private static void AssertSideBySide(IReadOnlyList<BamPart> parts, VirtualRange? range)
    {
        var ranges = parts.SelectMany(part => part.Ranges).ToList();
        Assert.Equal(range is null, ranges.Count == 0);
        if (range is not { } whole) return;
        Assert.Equal((whole.Begin, whole.End), (ranges[0].Begin, ranges[^1].End));
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Begin));
    }

    private static List<VirtualOffset> StartsOn(BamFile bam, int referenceId)
    {
        using var reader = new BamRecordReader(bam);
        var starts = new List<VirtualOffset>();
        while (reader.Read())
        {
            if (reader.ReferenceId == referenceId) starts.Add(reader.Start);
        }

        return starts;
    }

    private static IEnumerable<VirtualOffset> Starts(BamFile bam, BamPart part)
    {
        using var reader = new BamRecordReader(bam);
        foreach (var range in part.Ranges)
        {
            reader.Seek(range.Begin);
            while (reader.Read() && reader.Start < range.End) yield return reader.Start;
        }
    }

    // Nothing lies on reference 1.
    private string MakeRandom(int seed, int blockSize, bool csi) => IndexedBam.Write(this, "x.bam", References,
    [
        .. IndexedBam.RandomRecords(seed, 300, 3, 400_000).Select(r => r.ReferenceId > 0 ? r with { ReferenceId = r.ReferenceId + 1 } : r),
    ], blockSize, csi: csi);
}
