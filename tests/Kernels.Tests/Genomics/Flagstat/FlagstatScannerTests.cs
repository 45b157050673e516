using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public sealed class FlagstatScannerTests : TestFolder
{
    private static readonly (string, int)[] Two = [("one", 100_000), ("two", 100_000)];

    // What samtools 1.16 prints for these records.
    private static TestRecord[] Known =>
    [
        new(0, 100, Flags: 0x1 | 0x2 | 0x40) { MateReferenceId = 0 },
        new(0, 200, Flags: 0x1 | 0x2 | 0x80 | 0x400) { MateReferenceId = 0 },
        new(0, 300, Flags: 0x1 | 0x40, MappingQuality: 5) { MateReferenceId = 1 },
        new(0, 400, Flags: 0x1 | 0x80, MappingQuality: 4) { MateReferenceId = 1 },
        new(0, 500, Flags: 0x1 | 0x8 | 0x40) { MateReferenceId = 0 }, // a singleton
        new(0, 500, "*", 0x1 | 0x2 | 0x4 | 0x80) { MateReferenceId = 0 }, // its mate, placed beside it; PROPER_PAIR is a lie
        new(0, 600, Flags: 0x100 | 0x800 | 0x400 | 0x1 | 0x40), // secondary goes before supplementary; no pair
        new(0, 700, Flags: 0x800 | 0x1 | 0x40),
        new(0, 800, Flags: 0x200 | 0x1 | 0x2 | 0x40) { MateReferenceId = 1 }, // failed the quality control
        new(1, 100, Flags: 0x40), // READ1 without PAIRED
        new(1, 200, Flags: 0x8000), // a bit that nobody defined
        TestRecord.Unplaced(),
    ];

    private static FlagStatistics KnownStatistics => new(
        new(11, 9, 1, 1, 2, 1, 9, 7, 6, 3, 3, 2, 4, 1, 2, 1),
        new(1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1));

    [Fact]
    public void CountFile_OfKnownRecords_IsWhatSamtoolsPrints()
    {
        var path = IndexedBam.Write(this, "known.bam", Two, Known);
        using var bam = BamFile.Open(path);
        Assert.Equal(KnownStatistics, new FlagstatScanner(bam).CountFile().Statistics);
        Assert.Equal(KnownStatistics, InParts(bam, new(bam, BamIndex.Load(bam))));
    }

    [Theory]
    [InlineData(1, 65280)]
    [InlineData(2, 100)]
    [InlineData(3, 37)]
    public void Counts_OfRandomRecords_AreThoseOfTheReferenceReader(int seed, int blockSize)
    {
        (string, int)[] references = [.. Two, ("none", 1000), ("four", 100_000)];
        var records = IndexedBam.RandomRecords(seed, 3000, 2, 100_000);
        using var bam = BamFile.Open(IndexedBam.Write(this, "random.bam", references, records, blockSize));
        var expected = PlainFlagstat.Of(ReferenceBamReader.Read(bam.Path).Records);
        foreach (var provider in Inflaters.Available)
        {
            var scanner = new FlagstatScanner(bam, BamIndex.Load(bam), provider);
            Assert.Equal(expected, scanner.CountFile().Statistics);
            Assert.Equal(expected, InParts(bam, scanner));
        }
    }

    [Fact]
    public void CountFile_CutOff_CountsWhatIsThereAndSaysSo()
    {
        var whole = IndexedBam.Write(this, "whole.bam", Two, Known, 100);
        var cut = Write("cut.bam", File.ReadAllBytes(whole)[..^60]);
        using var bam = BamFile.Open(cut);
        var result = new FlagstatScanner(bam).CountFile();
        Assert.True(result.Truncated);
        Assert.InRange(result.Statistics.Passed.Total, 1, KnownStatistics.Passed.Total - 1);
    }

    [Fact]
    public void CountReference_NotThere_IsRefused()
    {
        using var bam = BamFile.Open(IndexedBam.Write(this, "known.bam", Two, Known));
        var scanner = new FlagstatScanner(bam, BamIndex.Load(bam));
        Assert.Throws<ArgumentOutOfRangeException>(() => scanner.CountReference(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => scanner.CountReference(-1));
        Assert.Throws<InvalidOperationException>(() => new FlagstatScanner(bam).CountReference(0));
    }

    [Fact]
    public void CountFile_Cancelled_Stops()
    {
        using var bam = BamFile.Open(IndexedBam.Write(this, "known.bam", Two, Known));
        Assert.Throws<OperationCanceledException>(() => new FlagstatScanner(bam).CountFile(new CancellationToken(true)));
    }

    public static TheoryData<string> RealFiles => [.. RealFlagstat.Files];

    [Theory]
    [MemberData(nameof(RealFiles))]
    public void Counts_OfARealFile_AreThoseOfSamtools(string file)
    {
        var (path, expected) = RealFlagstat.Of(file) ?? (IndexedBam.Write(this, RealFlagstat.Made, Two, Known), KnownStatistics);
        using var bam = BamFile.Open(path);
        var scanner = new FlagstatScanner(bam, BamIndex.Load(bam));
        var result = scanner.CountFile();
        Assert.Equal((expected, file == "bad_badeof.bam"), (result.Statistics, result.Truncated));
        Assert.Equal(expected, InParts(bam, scanner));
    }

    private static FlagStatistics InParts(BamFile bam, FlagstatScanner scanner) => bam.Header.References
        .Select(reference => scanner.CountReference(reference.Id).Statistics)
        .Aggregate(scanner.CountUnplaced().Statistics, (a, b) => a + b);
}
