using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public sealed class BamIndexTests : TestFolder
{
    private const uint BaiMetadata = 37450;

    [Fact]
    public void Candidates_OfAFile_AreInSamtoolsOrder() => Assert.Equal(
        ["x.bam.csi", "x.csi", "x.bam.bai", "x.bai"], BamIndexLocator.Candidates("x.bam"));

    [Theory]
    [InlineData("x.bam.bai")]
    [InlineData("x.bai")]
    [InlineData("x.bam.csi")]
    [InlineData("x.csi")]
    public void Load_FromEachPlace_FindsIt(string name)
    {
        using var bam = OpenBam();
        var content = name.EndsWith("bai", StringComparison.Ordinal)
            ? TestIndex.Bai(1).Int(0).Int(0).Long(7).Bytes
            : TestBam.Compress(TestIndex.Csi(14, 5, 1).Int(0).Long(7).Bytes);
        var index = Load(bam, name, content);
        Assert.Equal(PathOf(name), index.Path);
        Assert.Equal((1, 7L), (index.ReferenceCount, index.Unplaced));
    }

    [Fact]
    public void Load_NoIndex_NamesThePlaces()
    {
        using var bam = OpenBam();
        var error = Assert.Throws<BamIndexException>(() => BamIndex.Load(bam));
        Assert.Equal(BamIndexError.NotFound, error.Error);
        Assert.All(BamIndexLocator.Candidates(bam.Path), place => Assert.Contains(place, error.Message));
    }

    [Fact]
    public void Load_EmptyIndex_HasNothing()
    {
        var index = Load(TestIndex.Bai(1).Int(0).Int(0));
        Assert.Null(index.RangeOf(0));
        Assert.Null(index.CountsOf(0));
        Assert.Null(index.Unplaced);
        Assert.Null(index.EndOfPlaced);
        Assert.Empty(index.Query(0, 0, long.MaxValue));
    }

    [Fact]
    public void Load_BytesBehindTheLastField_AreSkipped() =>
        Assert.Equal(7, Load(TestIndex.Bai(1).Int(0).Int(0).Long(7).Long(0)).Unplaced);

    [Fact]
    public void Find_LinkToNowhere_IsNoIndexAndTheNextIsTaken()
    {
        // There a link takes rights that few have.
        if (OperatingSystem.IsWindows()) return;
        using var bam = OpenBam();
        File.CreateSymbolicLink(bam.Path + ".csi", PathOf("moved.csi"));
        Assert.Null(BamIndexLocator.Find(bam.Path));
        Assert.Equal([bam.Path + ".csi"], BamIndexLocator.DanglingLinks(bam.Path));
        Write("x.bam.bai", TestIndex.Bai(1).Int(0).Int(0).Bytes);
        Assert.Equal(bam.Path + ".bai", BamIndexLocator.Find(bam.Path));
    }

    /// <summary>Any size of the smallest bins, as <c>samtools index -c -m</c> has it.</summary>
    [Theory]
    [InlineData(1, 10)]
    [InlineData(8, 6)]
    [InlineData(32, 4)]
    [InlineData(61, 0)]
    public void CountRegion_CsiOfAnyBinSize_IsRight(int minShift, int depth)
    {
        var header = TestBam.Header(("chr1", 1000));
        var record = new TestRecord(0, 100).Encode();
        using var bam = BamFile.Open(Write("x.bam", TestBam.Compress([.. header, .. record])));
        var binning = new Binning(minShift, depth);
        var range = new VirtualRange(new(0, header.Length), new(0, header.Length + record.Length));
        var index = Load(bam, "x.bam.csi", TestIndex.Csi(minShift, depth, 1)
            .Int(2)
            .Int(binning.BinOf(100, 110)).Long(range.Begin.Value).Int(1).Long(range.Begin.Value).Long(range.End.Value)
            .Int(binning.MetadataBin).Long(0).Int(2).Long(range.Begin.Value).Long(range.End.Value).Long(1).Long(0)
            .Long(0).Bytes);
        index.CheckFits(bam);
        var scanner = new BamScanner(bam, index);
        Assert.Equal([1, 0], [scanner.CountRegion(Region.Of(bam.Header.References[0], 101, 101)).Count, scanner.CountRegion(Region.Of(bam.Header.References[0], 1, 100)).Count]);
    }

    [Fact]
    public void Load_FullBai_IsUnderstood()
    {
        var index = Load(TestIndex.Bai(1)
            .Int(3)
            .Int(4682).Int(1).Long(0x50000).Long(0x60000)
            .Int(4681).Int(2).Long(0x10000).Long(0x20000).Long(0x20000).Long(0x30000)
            .Int(BaiMetadata).Int(2).Long(0x10000).Long(0x60000).Long(40).Long(2)
            .Int(2).Long(0x10000).Long(0x50000)
            .Long(9));
        Assert.Equal(new VirtualRange(new(0x10000), new(0x60000)), index.RangeOf(0));
        Assert.Equal(new IndexedCounts(40, 2), index.CountsOf(0));
        Assert.Equal(9, index.Unplaced);
        Assert.Equal([new VirtualRange(new(0x10000), new(0x30000))], index.Query(0, 0, 16384));
        Assert.Equal([new VirtualRange(new(0x10000), new(0x30000)), new(new(0x50000), new(0x60000))], index.Query(0, 0, 16385));
        Assert.Equal([new VirtualRange(new(0x50000), new(0x60000))], index.Query(0, 16384, 16385));
        Assert.Empty(index.Query(0, 32768, long.MaxValue));
        Assert.Empty(index.Query(0, 5, 5));
        Assert.Empty(index.Query(0, 1L << 29, long.MaxValue));
    }

    [Fact]
    public void Load_FullCsi_IsUnderstoodWithItsOwnBins()
    {
        // 1 Ki bases in the smallest bins, two levels above: 64 Ki bases in all. Bins: 0 | 1..8 | 9..72.
        var index = Load(TestIndex.Csi(10, 2, 1)
            .Int(4)
            .Int(9).Long(0x10000).Int(1).Long(0x10000).Long(0x20000)
            .Int(72).Long(0x70000).Int(1).Long(0x70000).Long(0x80000)
            .Int(0).Long(0x10000).Int(1).Long(0x30000).Long(0x40000)
            .Int(74).Long(0).Int(2).Long(0x10000).Long(0x80000).Long(5).Long(0)
            .Long(0));
        Assert.Equal(new Binning(10, 2), index.Binning);
        Assert.Equal(65536, index.Binning.MaxPosition);
        Assert.Equal(5, index.CountsOf(0)?.Total);
        Assert.Equal([new VirtualRange(new(0x10000), new(0x20000)), new(new(0x30000), new(0x40000))], index.Query(0, 0, 1));
        Assert.Equal([new VirtualRange(new(0x70000), new(0x80000))], index.Query(0, 65535, 99999));
        Assert.Equal([new VirtualRange(new(0x30000), new(0x40000))], index.Query(0, 30000, 30001));
    }

    public static TheoryData<string, byte[]> DamagedIndexes => new()
    {
        { "n_bin", TestIndex.Bai(1).Int(int.MaxValue).Int(0).Bytes },
        { "n_bin", TestIndex.Bai(1).Int(-1).Int(0).Bytes },
        { "n_chunk", TestIndex.Bai(1).Int(1).Int(0).Int(int.MaxValue).Int(0).Bytes },
        { "n_intv", TestIndex.Bai(1).Int(0).Int(1 << 28).Bytes },
        { "n_ref", TestIndex.Bai(1).Int(0).Bytes },
        { "ends too early", TestIndex.Bai(1).Int(1).Int(4681).Int(0).Bytes },
        { "does not exist", TestIndex.Bai(1).Int(1).Int(37449).Int(0).Int(0).Bytes },
        { "does not exist", TestIndex.Bai(1).Int(1).Int(-1).Int(0).Int(0).Bytes },
        { "twice", TestIndex.Bai(1).Int(2).Int(5).Int(0).Int(5).Int(0).Int(0).Bytes },
        { "ends before it begins", TestIndex.Bai(1).Int(1).Int(5).Int(1).Long(0x20000).Long(0x10000).Int(0).Bytes },
        { "metadata", TestIndex.Bai(1).Int(1).Int(BaiMetadata).Int(1).Long(0).Long(0).Int(0).Bytes },
        { "mapped", TestIndex.Bai(1).Int(1).Int(BaiMetadata).Int(2).Long(0).Long(0).Long(ulong.MaxValue).Long(0).Int(0).Bytes },
        { "ends too early", TestIndex.Bai(1).Int(0).Int(0).Int(0).Bytes },
        { "begins at base", TestIndex.Bai(1).Int(1).Int(4690).Int(1).Long(0x10000).Long(0x20000).Int(0).Bytes },
        { "in no bin", TestIndex.Bai(1).Int(1).Int(4681).Int(2).Long(0x10000).Long(0x20000).Long(0x30001).Long(0x40000).Int(0).Bytes },
        { "to its left", TestIndex.Bai(1).Int(2).Int(4681).Int(1).Long(0x20000).Long(0x30000).Int(4682).Int(1).Long(0x10000).Long(0x20000).Int(0).Bytes },
        { "out of order", TestIndex.Bai(1).Int(1).Int(4681).Int(1).Long(0x10000).Long(0x40000).Int(2).Long(0x20000).Long(0x10000).Bytes },
        { "two metadata", TestIndex.Bai(1).Int(2).Int(BaiMetadata).Int(2).Long(0).Long(0).Long(0).Long(0).Int(BaiMetadata).Int(2).Long(0).Long(0).Long(0).Long(0).Int(0).Bytes },
        { "no place for them", TestIndex.Bai(1).Int(1).Int(BaiMetadata).Int(2).Long(0).Long(0).Long(5).Long(0).Int(0).Bytes },
        { "n_no_coor", TestIndex.Bai(1).Int(0).Int(0).Long(ulong.MaxValue).Bytes },
        { "out of range", TestIndex.Csi(0, 5, 1).Int(0).Bytes },
        { "out of range", TestIndex.Csi(48, 5, 1).Int(0).Bytes },
        { "out of range", TestIndex.Csi(14, 11, 1).Int(0).Bytes },
        { "out of range", TestIndex.Csi(14, -1, 1).Int(0).Bytes },
        { "l_aux", TestIndex.Of("CSI\x01"u8).Int(14).Int(5).Int(int.MaxValue).Bytes },
    };

    [Theory]
    [MemberData(nameof(DamagedIndexes))]
    public void Load_Damaged_SaysWhat(string expected, byte[] content)
    {
        using var bam = OpenBam();
        var error = Assert.Throws<BamIndexException>(() => BamIndex.Load(bam, Write("x.bam.bai", content)));
        Assert.Equal(BamIndexError.BadContent, error.Error);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Load_CutAnywhere_IsRefusedOrLacksNoMoreThanItsLastNumber()
    {
        var whole = TestIndex.Bai(1).Int(1).Int(4681).Int(1).Long(0x10000).Long(0x20000).Int(1).Long(0x10000).Long(3).Bytes;
        using var bam = OpenBam();
        for (var length = 0; length < whole.Length; length++)
        {
            var path = Write("x.bam.bai", whole[..length]);
            if (length == whole.Length - 8)
                Assert.Null(BamIndex.Load(bam, path).Unplaced); // as old programs write it
            else
                Assert.Throws<BamIndexException>(() => BamIndex.Load(bam, path));
        }
    }

    [Fact]
    public void Load_OtherFile_IsNoIndex()
    {
        using var bam = OpenBam();
        var error = Assert.Throws<BamIndexException>(() => BamIndex.Load(bam, Write("x.bam.bai", "something"u8.ToArray())));
        Assert.Equal(BamIndexError.NotAnIndex, error.Error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Load_OtherNumberOfReferences_IsAMismatch(int references)
    {
        using var bam = OpenBam();
        var index = TestIndex.Bai(references);
        for (var i = 0; i < references; i++)
            index.Int(0).Int(0);
        var error = Assert.Throws<BamIndexException>(() => BamIndex.Load(bam, Write("x.bam.bai", index.Bytes)));
        Assert.Equal(BamIndexError.Mismatch, error.Error);
        Assert.Contains(bam.Path, error.Message);
    }

    [Fact]
    public void Load_PointsBehindTheFile_IsAMismatchUnlessTheFileWasCutOff()
    {
        var content = TestIndex.Bai(1).Int(1).Int(4681).Int(1).Long(0x10000).Long(0x7FFFFFFF0000).Int(0).Bytes;
        using (var whole = OpenBam())
        {
            var error = Assert.Throws<BamIndexException>(() => BamIndex.Load(whole, Write("x.bam.bai", content)));
            Assert.Equal(BamIndexError.Mismatch, error.Error);
        }

        using var cut = BamFile.Open(Write("x.bam", TestBam.Compress(TestBam.Header(("chr1", 100)), endOfFile: false)));
        Assert.NotNull(BamIndex.Load(cut, PathOf("x.bam.bai")).RangeOf(0));
    }

    [Fact]
    public void IsOlderThanBam_ByTheTimesOfTheFiles_IsTold()
    {
        using var bam = OpenBam();
        var path = Write("x.bam.bai", TestIndex.Bai(1).Int(0).Int(0).Bytes);
        var time = File.GetLastWriteTimeUtc(bam.Path);
        File.SetLastWriteTimeUtc(path, time.AddSeconds(10));
        Assert.False(BamIndex.Load(bam).IsOlderThanBam);
        File.SetLastWriteTimeUtc(path, time.AddSeconds(-10));
        Assert.True(BamIndex.Load(bam).IsOlderThanBam);
    }

    [Fact]
    public void Load_RandomDamage_NeverFailsOtherwise()
    {
        using var bam = OpenBam();
        var random = new Random(17);
        var sound = TestIndex.Bai(1).Int(3)
            .Int(4682).Int(1).Long(0x50000).Long(0x60000)
            .Int(0).Int(2).Long(0x10000).Long(0x20000).Long(0x20000).Long(0x30000)
            .Int(BaiMetadata).Int(2).Long(0x10000).Long(0x60000).Long(40).Long(2)
            .Int(2).Long(0x10000).Long(0x50000).Long(9).Bytes;
        for (var round = 0; round < 3000; round++)
        {
            var bytes = (byte[])sound.Clone();
            for (var i = 0; i < 3; i++)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            var path = Write("x.bam.bai", bytes);
            try
            {
                BamIndex.Load(bam, path).Query(0, random.Next(100_000), long.MaxValue);
            }
            catch (BamIndexException)
            {
            }
        }
    }

    private BamIndex Load(BamFile bam, string name, byte[] content)
    {
        Write(name, content);
        return BamIndex.Load(bam);
    }

    private BamFile OpenBam() => BamFile.Open(Write("x.bam",
    [
        .. TestBam.Compress(TestBam.Header(("chr1", 100_000)), endOfFile: false),
        .. Enumerable.Repeat(TestBam.EndOfFile, 99).SelectMany(block => block),
    ]));

    private BamIndex Load(TestIndex content)
    {
        using var bam = OpenBam();
        return BamIndex.Load(bam, Write("index", content.Bytes));
    }
}
