using System.Globalization;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.EndToEnd.Scan;

/// <summary><c>scan</c> on a file whose counts are known from making it, on a cluster of two workers.</summary>
[Collection(Lane.Commands)]
public class ScanCountTests(ProcessEnvironment environment)
{
    [Fact]
    public Task Scan_NoFilter_EveryReferenceHasItsCount() => AssertCountsAsync("", count => count.Total);

    [Fact]
    public Task Scan_ExcludeFlagsByNumber_SkipsThose() => AssertCountsAsync("-F 0x904", count => count.Primary);

    [Fact]
    public Task Scan_ExcludeFlagsByName_SkipsThose() => AssertCountsAsync("--exclude-flags UNMAP,SECONDARY,SUPPLEMENTARY", count => count.Primary);

    [Fact]
    public Task Scan_RequireFlags_CountsThose() => AssertCountsAsync("-f 4", count => count.Total - count.Mapped);

    [Fact]
    public Task Scan_ExcludeAndRequireFlags_BothHold() => AssertCountsAsync("-f 1 -F DUP", count => count.NotDuplicate);

    [Fact]
    public Task Scan_MappingQuality_SkipsLowerOnes() => AssertCountsAsync("-q 30", count => count.Quality30);

    [Fact]
    public async Task Scan_Regions_EachCountsWhatOverlapsIt()
    {
        var (counts, cluster) = (environment.Counts, await environment.ClusterAsync());
        var header = counts.Header;
        var records = PlainBamReader.Read(environment.BamFile);
        // Whole references, one base, both ends of a reference, a border of 16 kb windows, overlapping ones, the unplaced.
        (string Text, int Reference, long First, long Last)[] regions =
        [
            ("chr2", 1, 1, long.MaxValue),
            ("chr1:1,000,000-2,000,000", 0, 1_000_000, 2_000_000),
            ("chr1:1,500,000-1,500,000", 0, 1_500_000, 1_500_000),
            ("chr1:1500000-1600000", 0, 1_500_000, 1_600_000),
            ("chr3:16384-16385", 2, 16384, 16385),
            ("chr22:1-1", 21, 1, 1),
            ("chr5:7,000,000", 4, 7_000_000, long.MaxValue),
            ("chr5:-100000", 4, 1, 100_000),
            ("{chrM}:100-200", 24, 100, 200),
            ("*", -1, long.MinValue, long.MaxValue),
        ];
        var result = await cluster.RunAsync(["scan", environment.BamFile, "--ordered", .. regions.SelectMany(region => new[] { "-r", region.Text })]);

        result.AssertClean();
        Assert.Equal(regions.Select(region => region.Text), result.Rows.Select(row => row["reference"]));
        Assert.Equal("chrM", header[24].Name);
        Assert.Equal(
            regions.Select(region => records.LongCount(record => record.Reference == region.Reference && record.First <= region.Last && record.Last >= region.First)),
            result.Rows.Select(Reads));
    }

    [Fact]
    public async Task Scan_Ordered_RowsStandAsInTheHeader()
    {
        var (counts, cluster) = (environment.Counts, await environment.ClusterAsync());
        var result = (await cluster.RunAsync("scan", environment.BamFile, "--ordered")).AssertClean();
        Assert.Equal(counts.Header.Select(reference => reference.Name).Append("*"), result.Rows.Select(row => row["reference"]));
    }

    [Fact]
    public async Task Scan_OwnCluster_SameCountsFromTwoProcesses()
    {
        var counts = environment.Counts;
        var result = (await CommandLineProgram.RunAsync("scan", environment.BamFile, "--workers", "2", "--format", "json")).AssertClean();
        var answer = JsonAnswer.Parse(result);
        Assert.Equal(Expected(counts, count => count.Total), answer.Rows.ToDictionary(row => row.GetProperty("reference").GetString()!, row => row.GetProperty("reads").GetInt64()));
        Assert.Equal(2, answer.Rows.Select(row => row.GetProperty("pid").GetInt32()).Distinct().Count());
        Assert.Equal(["1", "2"], answer.Rows.Select(row => row.GetProperty("worker").GetString()).Distinct().Order());
    }

    [Fact]
    public async Task Scan_ManySlotsOfOneWorker_SameCounts()
    {
        var counts = environment.Counts;
        var result = (await CommandLineProgram.RunAsync("scan", environment.BamFile, "--workers", "1", "--slots", "4")).AssertClean();
        Assert.Equal(Expected(counts, count => count.Total), result.Rows.ToDictionary(row => row["reference"], Reads));
    }

    private static Dictionary<string, long> Expected(SyntheticBamCounts counts, Func<SyntheticReferenceCounts, long> count)
    {
        var expected = counts.Header.ToDictionary(reference => reference.Name, reference => count(counts.References[reference.Id]));
        expected.Add("*", count(counts.Unplaced));
        return expected;
    }

    private static long Reads(IReadOnlyDictionary<string, string> row) => long.Parse(row["reads"], CultureInfo.InvariantCulture);

    private async Task AssertCountsAsync(string options, Func<SyntheticReferenceCounts, long> count)
    {
        var (counts, cluster) = (environment.Counts, await environment.ClusterAsync());
        var result = (await cluster.RunAsync(["scan", environment.BamFile, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)])).AssertClean();
        Assert.Equal(Expected(counts, count), result.Rows.ToDictionary(row => row["reference"], Reads));
    }
}
