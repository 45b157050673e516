namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>
/// Small BAM files with the same difficulties as those of the data folder, and what samtools 1.16 counts on them, so that
/// the tests are whole without that folder.
/// </summary>
public sealed class MadeFiles : TestFolder
{
    private static readonly (string, int)[] Colons =
    [
        ("chr1", 1000), ("chr1:100", 1000), ("chr1:100-200", 1000), ("chr2:100-200", 1000), ("chr3", 1000), ("chr1,chr3", 1000),
    ];

    private static readonly (string, int)[] Two = [("one", 100_000), ("two", 100_000)];

    public MadeFiles()
    {
        IndexedBam.Write(this, "colons.bam", Colons,
            [new(0, 0), new(0, 110), new(1, 99), new(2, 99), new(3, 99), new(5, 99)]);
        IndexedBam.Write(this, "regions.bam", Two, Regions);
        IndexedBam.Write(this, "crossing.bam", Two, Regions, 50);
        IndexedBam.Write(this, "bad_badeof.bam", Two, Regions, endOfFile: false);
        IndexedBam.Write(this, "no_sq.bam", Two, Regions, header: TestBam.HeaderWithText("@CO\tno @SQ\n", Two));
        IndexedBam.Write(this, "no_references.bam", [], [.. Enumerable.Repeat(TestRecord.Unplaced(), 40)]);
        IndexedBam.Write(this, "long_cigar.bam", Two,
        [
            new(0, 100, "35000S80000N") { Bases = 35_000, Tags = LongCigar },
        ], 5000);
        WriteLongReference();
        var broken = TestBam.Header(Two);
        broken[4] = 0xFF; // l_text: the reference list is looked for in the wrong place
        Write("bad_badheader.bam", TestBam.Compress(broken));
    }

    private static TestRecord[] Regions =>
    [
        new(0, 99), // one:100-109
        new(0, 99, "10M", 4, 0), // placed where its mate is: one:100-100
        new(0, 150, "5M100N5M", 256, 20), // one:151-260
        new(0, 199, "10M", 1024, 30),
        new(0, 40_000),
        new(1, -1, "*", 4, 0), // a reference, but no position
        new(1, 16_383, "2M") { Bases = 2 }, // the last base of one window and the first of the next
        new(1, 99_999, "1M", 2048) { Bases = 1 },
        TestRecord.Unplaced(), TestRecord.Unplaced(),
    ];

    private static byte[] LongCigar => TestRecord.LongCigarTag(string.Concat(Enumerable.Repeat("1=1D", 35_000)));

    internal static IEnumerable<ExpectedCount> Rows()
    {
        foreach (var (what, value) in new (string, long)[]
        {
            ("total", 6), ("ref:chr1", 2), ("ref:chr1:100", 1), ("ref:chr1:100-200", 1), ("ref:chr2:100-200", 1),
            ("ref:chr3", 0), ("ref:chr1,chr3", 1), ("unplaced", 0), ("F0x904", 6), ("q30", 6), ("truncated", 0),
            ("region:{chr1}:100-200", 1), ("region:{chr1:100-200}", 1), ("region:{chr1:100}:100-100", 1),
            ("region:chr2:100-200", 1), ("region:chr1,chr3:110", 0), ("region:chr1:1-5", 1),
        })
            yield return new ExpectedCount("colons.bam", what, value);

        foreach (var file in new[] { "regions.bam", "crossing.bam", "no_sq.bam", "bad_badeof.bam" })
        {
            foreach (var (what, value) in new (string, long)[]
            {
                ("total", 10), ("ref:one", 5), ("ref:two", 3), ("unplaced", 2), ("F0x904", 4), ("q30", 5),
                ("truncated", file == "bad_badeof.bam" ? 1 : 0),
                ("region:one", 5), ("region:one:100-100", 2), ("region:one:101-101", 1), ("region:one:99", 5),
                ("region:one:110-150", 0), ("region:one:200-205", 2), ("region:one:260-260", 1), ("region:one:261-40000", 0),
                ("region:one:40,001", 1), ("region:one:-100", 2), ("region:two", 2), ("region:two:-16384", 1),
                ("region:two:16385-16385", 1), ("region:two:16386-99999", 0), ("region:two:100000-200000", 1),
                ("region:two:200000-300000", 0), ("region:*", 2),
            })
                yield return new ExpectedCount(file, what, value);
        }

        foreach (var (what, value) in new (string, long)[]
        {
            ("total", 40), ("unplaced", 40), ("F0x904", 0), ("q30", 0), ("truncated", 0),
        })
            yield return new ExpectedCount("no_references.bam", what, value);

        // 70,000 bases by the tag, 80,000 by what stands in for it.
        foreach (var (what, value) in new (string, long)[]
        {
            ("total", 1), ("ref:one", 1), ("region:one:70100-70100", 1), ("region:one:70101-75000", 0),
        })
            yield return new ExpectedCount("long_cigar.bam", what, value);

        foreach (var (what, value) in new (string, long)[]
        {
            ("total", 2), ("ref:long", 2), ("unplaced", 0), ("region:long:600000001", 1), ("region:long:550000000-600000045", 1),
            ("region:long:1-550000000", 1), ("region:long:600000011-700000000", 0),
        })
            yield return new ExpectedCount("long_reference.bam", what, value);

        yield return new ExpectedCount("bad_badheader.bam", "refused", 1);
    }

    // Beyond 2^29 bases only CSI will do. Depth 6 from 2^14: bins 0 | 1..8 | … | 37449..299592, which hold 2^32 bases.
    private void WriteLongReference()
    {
        (string, int)[] references = [("long", 700_000_000)];
        var header = TestBam.Header(references);
        var first = new TestRecord(0, 1000).Encode();
        var second = new TestRecord(0, 600_000_000).Encode();
        Write("long_reference.bam", TestBam.Compress([.. header, .. first, .. second]));
        var (start, middle, end) = (header.Length, header.Length + first.Length, header.Length + first.Length + second.Length);
        Write("long_reference.bam.csi", TestBam.Compress(TestIndex.Csi(14, 6, 1)
            .Int(3)
            .Int(37449).Long((ulong)start).Int(1).Long((ulong)start).Long((ulong)middle)
            .Int(37449 + (600_000_000 >> 14)).Long((ulong)middle).Int(1).Long((ulong)middle).Long((ulong)end)
            .Int(299594).Long(0).Int(2).Long((ulong)start).Long((ulong)end).Long(2).Long(0)
            .Long(0).Bytes));
    }
}
