using System.IO.Compression;
using System.Security.Cryptography;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public sealed class SyntheticBamTests : TestFolder
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(20_000)]
    public void Write_AnyNumber_HasTheCountsItTells(int reads)
    {
        var path = PathOf("x.bam");
        var counts = SyntheticBam.Write(path, reads, 3);
        Assert.Equal(reads, counts.Total);
        Assert.Equal(25, counts.References.Count);

        var reference = ReferenceBamReader.Read(path);
        Assert.Equal(reads, reference.Records.Count);
        using var bam = BamFile.Open(path);
        Assert.Equal(counts.Header, bam.Header.References);
        var index = BamIndex.Load(bam);
        Assert.False(index.IsOlderThanBam);
        var scanner = new BamScanner(bam, index);
        foreach (var r in bam.Header.References)
        {
            var expected = counts.References[r.Id];
            Assert.Equal(reference.Count(x => x.ReferenceId == r.Id), expected.Total);
            Assert.Equal(expected.Total, scanner.CountReference(r.Id).Count);
            Assert.Equal(expected.Primary, scanner.CountReference(r.Id, SyntheticReferenceCounts.PrimaryFilter).Count);
            Assert.Equal(expected.NotDuplicate, scanner.CountReference(r.Id, new ReadFilter(0, SamFlags.Duplicate, 0)).Count);
            Assert.Equal(expected.Quality30, scanner.CountReference(r.Id, new ReadFilter(0, 0, 30)).Count);
            Assert.Equal(expected.Mapped, scanner.CountReference(r.Id, new ReadFilter(0, SamFlags.Unmapped, 0)).Count);
            foreach (var (first, last) in new (long, long)[] { (1, 1), (1, r.Length), (r.Length / 2, r.Length / 2 + 5000) })
            {
                Assert.Equal(reference.CountRegion(r.Id, first, last), scanner.CountRegion(Region.Of(r, first, last)).Count);
            }
        }

        Assert.Equal(counts.Unplaced.Total, scanner.CountUnplaced().Count);
    }

    [Fact]
    public void WriteOneReference_Reads_AllPlacedOnesLieOnIt()
    {
        var path = PathOf("x.bam");
        var counts = SyntheticBam.WriteOneReference(path, 5000);
        Assert.Equal(5000, counts.Total);
        Assert.Equal(4975, Assert.Single(counts.References).Total);

        using var bam = BamFile.Open(path);
        Assert.Equal("chr1", Assert.Single(bam.Header.References).Name);
        var scanner = new BamScanner(bam, BamIndex.Load(bam));
        Assert.Equal(4975, scanner.CountReference(0).Count);
        Assert.Equal(25, scanner.CountUnplaced().Count);
    }

    [Fact]
    public void Write_LargeFile_HasAllKindsOfReads()
    {
        var counts = SyntheticBam.Write(PathOf("x.bam"), 50_000);
        var all = counts.References.ToList();
        Assert.All(all, r => Assert.NotEqual(0, r.Total));
        Assert.InRange(all.Sum(r => r.Total - r.Mapped), 50, 300);
        Assert.InRange(all.Sum(r => r.Total - r.NotDuplicate), 2000, 3000);
        Assert.InRange(all.Sum(r => r.Total - r.Primary), 600, 1200);
        Assert.InRange(all.Sum(r => r.Quality30), 47_000, 48_800);
        Assert.Equal(250, counts.Unplaced.Total);
    }

    [Fact]
    public void Write_SameReadsAndSeed_GivesTheSameRecordsOnEveryMachine()
    {
        SyntheticBam.Write(PathOf("x.bam"), 2000, 7);
        Assert.Equal(KnownHash, HashOfContent("x.bam"));
        SyntheticBam.Write(PathOf("x.bam"), 2000, 8);
        Assert.NotEqual(KnownHash, HashOfContent("x.bam"));
    }

    [Fact]
    public void Write_Cancelled_LeavesNoIndex()
    {
        SyntheticBam.Write(PathOf("x.bam"), 10);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => SyntheticBam.Write(PathOf("x.bam"), 10, 1, source.Token));
        Assert.False(File.Exists(PathOf("x.bam.bai")));
    }

    private const string KnownHash = "BA4FD4A0DCCA1F8D664FA6E9AC2B0525031ECC7AEE8D261EF716FC9693195A3F";

    private string HashOfContent(string name)
    {
        using var gzip = new GZipStream(File.OpenRead(PathOf(name)), CompressionMode.Decompress);
        return Convert.ToHexString(SHA256.HashData(gzip));
    }
}
