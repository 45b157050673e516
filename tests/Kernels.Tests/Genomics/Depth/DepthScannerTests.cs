using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public sealed class DepthScannerTests : TestFolder
{
    /// <summary>A genome has hundreds of stretches; clearing and adding up an array for each took seconds for two reads.</summary>
    [Fact]
    public void TakeDepths_NothingCovered_TookNoMemory()
    {
        using var coverage = new CoverageChanges(100, 100 + DepthScanner.LongestStretch);
        coverage.Add(new ReferenceStretch(0, 100), +1);
        Assert.Null(coverage.TakeDepths().Depths);
        coverage.Add(new ReferenceStretch(50, 110), +1);
        var (depths, from, to) = coverage.TakeDepths();
        Assert.Equal((100, 110), (from, to));
        Assert.Equal([1, 1, 0], new[] { depths![0], depths[9], depths[10] });
    }

    private const int Length = 3000;

    private static readonly (string, int)[] Two = [("one", Length), ("two", Length)];

    private static readonly DepthOptions[] Options =
        [new(), new(FastMode: true), new(MinimumMappingQuality: 20), new(0), new(0x900), new(0, 20, true)];

    // From 0; what each covers stands behind it.
    private static TestRecord[] Known =>
    [
        new(0, 0, "3M2D3M"), // 0-2, 5-7
        new(0, 1, "2S2M4N2M3S"), // 1-2, 7-8
        new(0, 2, "1=1X2I1M"), // 2-4
        new(0, 3, "4M", 4), // unmapped, duplicate, secondary, bad: nothing
        new(0, 3, "4M", 0x400),
        new(0, 3, "4M", 0x100),
        new(0, 3, "4M", 0x200),
        new(0, 3, "4M", 0x800, 3), // supplementary counts: 3-6, but its mapq is low
        First(10, 14, "6M"), // 10-15, and with its mate 14-17
        Second(14, 10, "4M"),
        First(20, 20, "5M", "same"), // both begin at one base: 20-24
        Second(20, 20, "3M", "same"),
        First(30, 32, "10M", "inside"), // its mate lies within it: 30-39
        Second(32, 30, "2M", "inside"),
        First(40, 43, "2M4D2M", "gaps"), // 40-41, 46-47, and with its mate 43-44, 47-48: once at 47
        Second(43, 40, "2M2N2M", "gaps"),
    ];

    // What mosdepth 0.3.3 writes, but for the pairs "same" and "inside": there it has 0 where the longer mate goes on behind
    // the end of the shorter one.
    [Theory]
    [InlineData(false, 0, "1232222210" + "1111111100" + "1111100000" + "1111111111" + "1101101110")]
    [InlineData(false, 10, "1231111210" + "1111111100" + "1111100000" + "1111111111" + "1101101110")]
    [InlineData(true, 0, "1234433210" + "1111221100" + "2221100000" + "1122111111" + "1112222210")]
    public void Measure_KnownRecords_IsTheDepthAtEachBase(bool fast, byte quality, string expected)
    {
        using var bam = BamFile.Open(IndexedBam.Write(this, "known.bam", Two, Known));
        var options = new DepthOptions(MinimumMappingQuality: quality, FastMode: fast);
        using var stretch = new DepthScanner(bam, BamIndex.Load(bam)).Measure(0, 0, expected.Length, options);
        Assert.Equal(expected, string.Concat(stretch.Depths.ToArray()));
    }

    [Theory]
    [InlineData(1, 65280)]
    [InlineData(2, 1000)]
    [InlineData(3, 61)]
    public void Measure_RandomPairs_IsThatOfTheDefinitionHoweverItIsCut(int seed, int blockSize)
    {
        var records = RandomPairs(new Random(seed));
        using var bam = BamFile.Open(IndexedBam.Write(this, "random.bam", Two, records, blockSize));
        var scanner = new DepthScanner(bam, BamIndex.Load(bam), Inflaters.Available[seed % Inflaters.Available.Count]);
        foreach (var options in Options)
        {
            foreach (var id in new[] { 0, 1 })
            {
                var expected = PlainDepth.Of(records, id, Length, options);
                foreach (var length in new[] { Length, 1000, 97, 13 })
                    Assert.Equal(expected, InStretches(scanner, id, length, options));
            }
        }
    }

    [Theory]
    [InlineData(4, 1000)]
    [InlineData(5, 61)]
    public void Measure_StoppedAnywhere_IsRightUpToThere(int seed, int blockSize)
    {
        var random = new Random(seed);
        var records = RandomPairs(random);
        using var bam = BamFile.Open(IndexedBam.Write(this, "random.bam", Two, records, blockSize));
        var scanner = new DepthScanner(bam, BamIndex.Load(bam));
        var stops = 0;
        for (var round = 0; round < 100; round++)
        {
            var (id, options, begin, left) = (random.Next(2), Options[round % Options.Length], random.Next(Length - 100), random.Next(1, 30));
            using var whole = scanner.Measure(id, begin, Length, options);

            using var done = scanner.Measure(id, begin, Length, options, stop: () => --left <= 0);
            using var rest = scanner.Measure(id, done.End, Length, options);

            if (done.End < Length) stops++;
            Assert.InRange(done.End, begin + 1, Length);
            Assert.Equal(whole.Depths.ToArray(), done.Depths.ToArray().Concat(rest.Depths.ToArray()));
            Assert.Equal(whole.Starts, done.Starts + (done.End == Length ? 0 : rest.Starts));
            Assert.Equal(whole.Sum(0, Length), done.Sum(0, Length) + rest.Sum(0, Length));
            Assert.Equal((done.Depths.ToArray().Min(), done.Depths.ToArray().Max()), done.Extremes());
        }

        Assert.True(stops > 50, $"only {stops} were stopped");
    }

    [Fact]
    public void Measure_ManyMatesThatNeverCome_ForgetsThem()
    {
        // Each says that its mate overlaps it; only that of the last one is there.
        TestRecord[] records = [.. Enumerable.Range(0, 20_000).Select(i => First(i / 10, i / 10 + 5, "10M", $"lonely{i}")), First(2500, 2505, "10M"), Second(2505, 2500, "10M")];
        using var bam = BamFile.Open(IndexedBam.Write(this, "lonely.bam", Two, records));
        Assert.Equal(PlainDepth.Of(records, 0, Length, new()), InStretches(new(bam, BamIndex.Load(bam)), 0, Length, new()));
    }

    [Fact]
    public void Measure_LongCigar_IsThatOfTheTag()
    {
        // 70,000 bases of which every other one is deleted.
        var cigar = string.Concat(Enumerable.Repeat("1=1D", 35_000));
        TestRecord record = new(0, 100, "35000S80000N") { Bases = 35_000, Tags = TestRecord.LongCigarTag(cigar) };
        using var bam = BamFile.Open(IndexedBam.Write(this, "long.bam", [("one", 100_000)], [record], 5000));
        using var stretch = new DepthScanner(bam, BamIndex.Load(bam)).Measure(0, 0, 100_000, new());
        Assert.Equal(35_000, stretch.Sum(0, 100_000));
        Assert.Equal((0, 1, 0, 1, 0), (stretch.Depths[99], stretch.Depths[100], stretch.Depths[101], stretch.Depths[70_098], stretch.Depths[70_100]));
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(6, 5)]
    [InlineData(0, DepthScanner.LongestStretch + 1)]
    public void Measure_NoSuchStretch_IsRefused(long begin, long end)
    {
        using var bam = BamFile.Open(IndexedBam.Write(this, "known.bam", Two, Known));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DepthScanner(bam, BamIndex.Load(bam)).Measure(0, begin, end, new()));
    }

    [Fact]
    public void Measure_NothingThere_IsZero()
    {
        using var bam = BamFile.Open(IndexedBam.Write(this, "known.bam", Two, Known));
        var scanner = new DepthScanner(bam, BamIndex.Load(bam));
        using var empty = scanner.Measure(1, 0, Length, new());
        Assert.Equal(new int[Length], empty.Depths.ToArray());
        using var none = scanner.Measure(0, 5, 5, new());
        Assert.Equal(0, none.Depths.Length);
        Assert.Equal(0, none.Sum(0, 100));
    }

    private static int[] InStretches(DepthScanner scanner, int referenceId, int length, DepthOptions options)
    {
        var depths = new List<int>();
        for (var begin = 0; begin < Length; begin += length)
        {
            using var stretch = scanner.Measure(referenceId, begin, Math.Min(begin + length, Length), options);
            depths.AddRange(stretch.Depths);
            var middle = begin + length / 2;
            Assert.Equal(stretch.Sum(0, Length), stretch.Sum(0, middle) + stretch.Sum(middle, Length));
        }

        return [.. depths];
    }

    private static TestRecord[] RandomPairs(Random random)
    {
        string[] cigars = ["10M", "30M", "5M5D5M", "2S8M", "4M20N6M", "3M1I4M2D9M3S", "1X9=", "10S", "5H12M", "3D5M", "8M4D"];
        ushort[] extras = [0, 0, 0, 0, 4, 0x100, 0x200, 0x400, 0x800];
        var records = new List<TestRecord>();
        for (var i = 0; i < 700; i++)
        {
            var (id, start) = (random.Next(2), random.Next(Length - 60));
            var mate = start + (random.Next(4) == 0 ? 0 : random.Next(40));
            var pair = (ushort)(random.Next(5) == 0 ? 1 : 3);
            records.Add(Random(First(start, mate, "", $"p{i}"), pair));
            records.Add(Random(Second(mate, start, "", $"p{i}"), pair));

            TestRecord Random(TestRecord record, ushort flags) => record with
            {
                ReferenceId = id,
                MateReferenceId = random.Next(20) == 0 ? 1 - id : id,
                Flags = (ushort)(flags | extras[random.Next(extras.Length)]),
                Cigar = cigars[random.Next(cigars.Length)],
                MappingQuality = (byte)random.Next(60),
            };
        }

        // A pair of which a mate says that the other one is elsewhere is none for anybody: make both say so.
        foreach (var pair in records.GroupBy(record => record.Name).Where(pair => pair.Any(record => record.MateReferenceId != record.ReferenceId)).ToList())
        {
            for (var i = 0; i < records.Count; i++)
            {
                if (records[i].Name == pair.Key)
                    records[i] = records[i] with { MateReferenceId = 1 - records[i].ReferenceId, Flags = (ushort)(records[i].Flags & ~2) };
            }
        }

        return [.. records.OrderBy(record => record.ReferenceId).ThenBy(record => record.Position)];
    }

    private static TestRecord First(int position, int mate, string cigar, string name = "pair") =>
        new(0, position, cigar, 0x1 | 0x2 | 0x20 | 0x40, 60, name) { MateReferenceId = 0, MatePosition = mate };

    private static TestRecord Second(int position, int mate, string cigar, string name = "pair") =>
        new(0, position, cigar, 0x1 | 0x2 | 0x10 | 0x80, 60, name) { MateReferenceId = 0, MatePosition = mate };
}
