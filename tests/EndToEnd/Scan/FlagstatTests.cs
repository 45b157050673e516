namespace ActorCompute.EndToEnd.Scan;

/// <summary>The flags of a file of known counts, through the command line and a cluster.</summary>
[Collection(Lane.Commands)]
public class FlagstatTests(ProcessEnvironment environment)
{
    [Fact]
    public async Task Flagstat_SyntheticFile_CountsEveryRead()
    {
        var (counts, cluster) = (environment.Counts, await environment.ClusterAsync());
        var result = (await cluster.RunAsync("flagstat", environment.BamFile)).AssertClean();
        var passed = result.Rows.ToDictionary(row => row["category"], row => row["passed"]);
        var all = counts.References.Append(counts.Unplaced).ToList();
        Assert.Equal($"{all.Sum(count => count.Total)}", passed["total (QC-passed reads + QC-failed reads)"]);
        Assert.Equal($"{all.Sum(count => count.Mapped)}", passed["mapped"]);
        Assert.Equal($"{all.Sum(count => count.Primary)}", passed["primary mapped"]);
        Assert.Equal($"{all.Sum(count => count.Total - count.NotDuplicate)}", passed["duplicates"]);
        Assert.EndsWith("%", passed["mapped %"], StringComparison.Ordinal);
    }
}
