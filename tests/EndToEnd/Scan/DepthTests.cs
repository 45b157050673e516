using System.Globalization;

namespace ActorCompute.EndToEnd.Scan;

/// <summary>Depths of a file of known counts, whose mapped reads have 150 bases each, through the command line and a cluster.</summary>
[Collection(Lane.Commands)]
public class DepthTests(ProcessEnvironment environment)
{
    private const int ReadLength = 150;

    [Fact]
    public async Task Depth_ByReferenceAndByWindow_CountsEveryBase()
    {
        var (counts, cluster) = (environment.Counts, await environment.ClusterAsync());
        var expected = counts.Header.ToDictionary(reference => reference.Name, reference => counts.References[reference.Id].Primary * ReadLength);

        var references = (await cluster.RunAsync("depth", environment.BamFile, "-F", "0x904")).AssertClean();
        Assert.Equal(expected, references.Rows.ToDictionary(row => row["reference"], row => long.Parse(row["bases"], CultureInfo.InvariantCulture)));

        var windows = (await cluster.RunAsync("depth", environment.BamFile, "-F", "0x904", "--by", "1e6")).AssertClean();
        // A mean is written with six digits behind the point: of a million bases that is one base.
        Assert.All(
            windows.Rows.GroupBy(row => row["reference"], row => (Number(row["end"]) - Number(row["start"])) * Number(row["mean"])),
            reference => Assert.Equal(expected[reference.Key], reference.Sum(), tolerance: reference.Count()));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
