using System.Buffers.Binary;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

public sealed class BamRecordReaderTests : TestFolder
{
    private static readonly (string, int)[] References = [("chr1", 1_000_000), ("chr2", 1_000_000)];

    private static readonly TestRecord[] Records =
    [
        new(0, 10, "5S3M2D4N1=1X2I3P1H", 99, 60, "first"),
        new(0, 10, "10M", 4, 0), // placed, but unmapped: one base
        new(0, 20, "10S", 16, 1), // covers nothing: one base
        new(1, 30, "*", 0, 255, "a name that is rather long, as names of reads can be"),
        TestRecord.Unplaced(),
    ];

    [Fact]
    public void Read_RecordsInBlocksOfEverySize_AreTheSame()
    {
        var header = TestBam.Header(References);
        byte[] data = [.. header, .. Records.SelectMany(r => r.Encode())];
        for (var blockSize = 1; blockSize <= data.Length; blockSize++)
        {
            using var bam = BamFile.Open(Write("x.bam", TestBam.Compress(data, blockSize)));
            var ends = new List<long>();
            using var reader = new BamRecordReader(bam);
            foreach (var expected in Records)
            {
                Assert.True(reader.Read());
                Assert.Equal((expected.ReferenceId, expected.Position, expected.Flags, expected.MappingQuality),
                    (reader.ReferenceId, reader.Position, reader.Flags, reader.MappingQuality));
                ends.Add(reader.ReferenceEnd());
            }

            Assert.False(reader.Read());
            Assert.False(reader.Read());
            Assert.Equal([10 + 3 + 2 + 4 + 1 + 1, 11, 21, 31, 0], ends);
            Assert.Equal(bam.Data.Length - bam.Header.FirstRecord.BlockOffset, reader.BytesRead);
        }
    }

    [Fact]
    public void Seek_ToTheStartOfARecord_ReadsItAgain()
    {
        byte[] data = [.. TestBam.Header(References), .. Records.SelectMany(r => r.Encode())];
        for (var blockSize = 1; blockSize <= data.Length; blockSize++)
        {
            using var bam = BamFile.Open(Write("x.bam", TestBam.Compress(data, blockSize)));
            using var reader = new BamRecordReader(bam);
            var starts = new List<VirtualOffset>();
            while (reader.Read())
            {
                // Whether the rest of a record is looked at or not must not matter to where the next one is.
                if (starts.Count % 2 == 0)
                    reader.ReferenceEnd();
                starts.Add(reader.Start);
            }

            for (var i = starts.Count - 1; i >= 0; i--)
            {
                reader.Seek(starts[i]);
                Assert.True(reader.Read());
                Assert.Equal((starts[i], Records[i].Flags), (reader.Start, reader.Flags));
            }
        }
    }

    [Fact]
    public void Seek_BehindTheDataOfABlock_IsRefused()
    {
        using var bam = Open(Records);
        using var reader = new BamRecordReader(bam);
        reader.Seek(new VirtualOffset(0, 65000));
        var error = Assert.Throws<BgzfException>(() => reader.Read());
        Assert.Equal(BgzfError.BadVirtualOffset, error.Error);
    }

    [Fact]
    public void ReferenceEnd_LongCigar_IsThatOfTheTag()
    {
        var real = string.Concat(Enumerable.Repeat("1M1D", 40_000));
        var stray = "XXZsome text\0"u8.ToArray();
        var record = new TestRecord(0, 100, "40000S80000N")
        {
            Tags = [.. stray, .. TestRecord.LongCigarTag(real)],
        };
        foreach (var blockSize in new[] { 500, 4000, 65280 })
        {
            using var bam = Open([record, .. Records], blockSize);
            using var reader = new BamRecordReader(bam);
            Assert.True(reader.Read());
            Assert.Equal(100 + 80_000, reader.ReferenceEnd());
            Assert.True(reader.Read());
            Assert.Equal(99, reader.Flags);
        }
    }

    [Theory]
    [InlineData("9S20N1S", "1M1M1M")] // the clip is not the whole read
    [InlineData("10S20N1M", "5M5M")] // fewer operations than in the record itself
    public void ReferenceEnd_TagThatIsNoStandIn_IsNotLookedAt(string cigar, string tag)
    {
        using var bam = Open([new TestRecord(0, 100, cigar) { Tags = TestRecord.LongCigarTag(tag) }]);
        using var reader = new BamRecordReader(bam);
        Assert.True(reader.Read());
        Assert.Equal(cigar.Contains('M') ? 121 : 120, reader.ReferenceEnd());
    }

    [Theory]
    [InlineData(new byte[] { (byte)'X', (byte)'X', (byte)'Z', (byte)'a' })] // no NUL
    [InlineData(new byte[] { (byte)'X', (byte)'X', (byte)'i', 1, 2 })]
    [InlineData(new byte[] { (byte)'X', (byte)'X', (byte)'?', 1, 2 })]
    [InlineData(new byte[] { (byte)'C', (byte)'G', (byte)'B', (byte)'I', 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { (byte)'C', (byte)'G', (byte)'B', (byte)'I', 0xFF })]
    public void ReferenceEnd_DamagedTags_AreRefused(byte[] tags)
    {
        using var bam = Open([new TestRecord(0, 100, "10S20N") { Tags = tags }]);
        using var reader = new BamRecordReader(bam);
        Assert.True(reader.Read());
        Assert.Equal(BamError.BadRecord, Assert.Throws<BamException>(() => reader.ReferenceEnd()).Error);
    }

    [Theory]
    [InlineData(0, 31)] // block_size less than the fixed part
    [InlineData(0, -1)]
    [InlineData(0, 60)] // less than name, CIGAR and bases take
    [InlineData(0, int.MaxValue)] // more than there is
    [InlineData(4, 2)] // refID
    [InlineData(4, -2)]
    [InlineData(4, int.MinValue)]
    [InlineData(4, int.MaxValue)]
    [InlineData(8, -2)] // pos
    [InlineData(12, 0)] // l_read_name 0
    [InlineData(20, -1)] // l_seq
    [InlineData(20, int.MaxValue)]
    [InlineData(24, 2)] // next_refID
    public void Read_FieldOutOfRange_IsABadRecordAtItsPlace(int at, int value)
    {
        var bad = new TestRecord(0, 500).Encode();
        BinaryPrimitives.WriteInt32LittleEndian(bad.AsSpan(at), value);
        var header = TestBam.Header(References);
        var good = new TestRecord(0, 100).Encode();
        using var bam = BamFile.Open(Write("x.bam", TestBam.Compress([.. header, .. good, .. bad])));
        using var reader = new BamRecordReader(bam);

        Assert.True(reader.Read());
        var error = Assert.Throws<BamException>(() =>
        {
            while (reader.Read())
            {
            }
        });

        Assert.Equal(BamError.BadRecord, error.Error);
        Assert.Equal(new VirtualOffset(0, header.Length + good.Length), error.Offset);
    }

    [Fact]
    public void Read_RecordThatClaimsGigabytes_TakesNoMemoryForThem()
    {
        var record = new TestRecord(0, 500, "10M99990S").Encode();
        BinaryPrimitives.WriteInt32LittleEndian(record, 1 << 30);
        using var bam = BamFile.Open(Write("x.bam", TestBam.Compress([.. TestBam.Header(References), .. record])));
        using var reader = new BamRecordReader(bam);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(reader.Read());
        Assert.Equal(510, reader.ReferenceEnd());
        Assert.Throws<BamException>(() => reader.Read());

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("20M")]
    [InlineData("4M1D4M")]
    [InlineData("10M1I")]
    [InlineData("5H5P5N")]
    public void Read_CigarOfAnotherLengthThanTheBases_IsABadRecordInBlocksOfEverySize(string cigar)
    {
        byte[] data = [.. TestBam.Header(References), .. new TestRecord(0, 1).Encode(), .. new TestRecord(0, 5, cigar) { Bases = 10 }.Encode()];
        for (var blockSize = 1; blockSize <= data.Length; blockSize += 7)
        {
            using var bam = BamFile.Open(Write("x.bam", TestBam.Compress(data, blockSize)));
            using var reader = new BamRecordReader(bam);
            Assert.True(reader.Read());
            var error = Assert.Throws<BamException>(() => reader.Read());
            Assert.Equal(BamError.BadRecord, error.Error);
            Assert.Contains("CIGAR", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("20M", 4, 10)] // not mapped
    [InlineData("20M", 0, 0)] // no bases kept
    [InlineData("*", 0, 10)] // no CIGAR
    public void Read_LengthsThatSamtoolsDoesNotCompare_AreTaken(string cigar, ushort flags, int bases)
    {
        using var bam = Open([new TestRecord(0, 5, cigar, flags) { Bases = bases }]);
        using var reader = new BamRecordReader(bam);
        Assert.True(reader.Read());
        Assert.False(reader.Read());
    }

    [Fact]
    public void ReferenceEnd_LongCigarOfAnotherLength_IsABadRecord()
    {
        using var bam = Open([new TestRecord(0, 100, "10S20N") { Tags = TestRecord.LongCigarTag("5M5M5M") }]);
        using var reader = new BamRecordReader(bam);
        Assert.True(reader.Read());
        Assert.Contains("15 bases", Assert.Throws<BamException>(() => reader.ReferenceEnd()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyRecordsInManyBlocks_AllocatesForNoneOfThem()
    {
        // 20,000 records in some 1,500 blocks: an object for each block would be 36 kB at the least. Not exactly nothing is
        // asked for, as the runtime's own count is coarse when it collects in between.
        using var bam = Open([.. Enumerable.Range(0, 20_000).Select(i => new TestRecord(0, i))], 1000);
        foreach (var provider in Inflaters.Available)
        {
            using var reader = new BamRecordReader(bam, provider);
            Assert.Equal(20_000, ReadAll(reader)); // buffers grow to their size, code is compiled
            reader.Seek(bam.Header.FirstRecord);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(20_000, ReadAll(reader));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, long.MinValue, 16_384);
        }

        static int ReadAll(BamRecordReader reader)
        {
            var records = 0;
            for (; reader.Read(); records++)
                reader.ReferenceEnd();
            return records;
        }
    }

    private BamFile Open(TestRecord[] records, int blockSize = 65280) => BamFile.Open(Write("x.bam",
        TestBam.Compress([.. TestBam.Header(References), .. records.SelectMany(r => r.Encode())], blockSize)));
}
