using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>Known answers: those of made files always, those of the data folder where it is there.</summary>
public sealed class ExpectedCountsTests(MadeFiles made) : IClassFixture<MadeFiles>
{
    public static TheoryData<string, string, long> MadeRows => Data(MadeFiles.Rows());

    // The made files are always among these rows too: so there is data to run on wherever the tests run.
    public static TheoryData<string, string, long> AllRows
    {
        get
        {
            var data = Data(MadeFiles.Rows().Take(1));
            foreach (var row in ExpectedCount.Shared())
                data.Add(Path.Combine(ExpectedCount.SharedFolder!, row.File), row.What, row.Value);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(MadeRows))]
    public void Count_OfAMadeFile_IsThatOfSamtools(string file, string what, long expected) =>
        Check(made.PathOf(file), what, expected);

    [Theory]
    [MemberData(nameof(AllRows))]
    public void Count_OfARealFile_IsThatOfSamtools(string file, string what, long expected) =>
        Check(Path.IsPathRooted(file) ? file : made.PathOf(file), what, expected);

    private static void Check(string path, string what, long expected)
    {
        if (what == "refused")
        {
            Assert.ThrowsAny<GenomicsFileException>(() => BamFile.Open(path));
            return;
        }

        using var bam = BamFile.Open(path);
        var index = BamIndex.Load(bam);
        index.CheckFits(bam);
        foreach (var provider in Inflaters.Available)
            Check(bam, new BamScanner(bam, index, provider), what, expected);
    }

    private static void Check(BamFile bam, BamScanner scanner, string what, long expected)
    {
        var separator = what.IndexOf(':');
        var (kind, argument) = separator < 0 ? (what, "") : (what[..separator], what[(separator + 1)..]);
        switch (kind)
        {
            case "total":
                Assert.Equal(expected, scanner.CountFile().Count);
                Assert.Equal(expected, CountInParts(bam, scanner, default));
                break;
            case "ref":
                Assert.True(bam.Header.TryFind(argument, out var reference));
                Assert.Equal(expected, scanner.CountReference(reference.Id).Count);
                Assert.Equal(expected, scanner.CountFile().References[reference.Id]);
                break;
            case "unplaced":
                Assert.Equal(expected, scanner.CountUnplaced().Count);
                Assert.Equal(expected, scanner.CountFile().Unplaced);
                break;
            case "F0x904":
                Assert.Equal(expected, CountInParts(bam, scanner, new ReadFilter(0, 0x904, 0)));
                Assert.Equal(expected, scanner.CountFile(new ReadFilter(0, 0x904, 0)).Count);
                break;
            case "q30":
                Assert.Equal(expected, CountInParts(bam, scanner, new ReadFilter(0, 0, 30)));
                Assert.Equal(expected, scanner.CountFile(new ReadFilter(0, 0, 30)).Count);
                break;
            case "region":
                Assert.Equal(expected, scanner.CountRegion(RegionParser.Parse(argument, bam.Header)).Count);
                break;
            case "truncated":
                Assert.Equal(expected != 0, scanner.CountFile().Truncated);
                Assert.Equal(expected == 0, bam.HasEndOfFileBlock);
                break;
            default:
                Assert.Fail($"'{what}' is not known: the table has a new kind of row.");
                break;
        }
    }

    private static long CountInParts(BamFile bam, BamScanner scanner, ReadFilter filter) =>
        bam.Header.References.Sum(r => scanner.CountReference(r.Id, filter).Count) + scanner.CountUnplaced(filter).Count;

    private static TheoryData<string, string, long> Data(IEnumerable<ExpectedCount> rows)
    {
        var data = new TheoryData<string, string, long>();
        foreach (var row in rows)
            data.Add(row.File, row.What, row.Value);
        return data;
    }
}
