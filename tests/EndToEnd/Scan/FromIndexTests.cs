using ActorCompute.Kernels.Genomics;

namespace ActorCompute.EndToEnd.Scan;

/// <summary><c>scan --from-index</c>: an answer at once, from the index alone.</summary>
[Collection(Lane.Commands)]
public sealed class FromIndexTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scan_FromIndex_IsTheCountsOfTheFileAndNeedsNoCluster()
    {
        var path = _folder.PathOf("x.bam");
        var counts = SyntheticBam.Write(path, 3000);
        // There is no cluster at this address: whoever looked for one would fail.
        var result = (await CommandLineProgram.RunAsync("scan", "--from-index", path, "--cluster", "127.0.0.1:1")).AssertClean();
        var expected = counts.Header.Select(reference => (reference.Name, counts.References[reference.Id].Total)).Append(("*", counts.Unplaced.Total));
        Assert.Equal(expected, result.Rows.Select(row => (row["reference"], long.Parse(row["reads"], System.Globalization.CultureInfo.InvariantCulture))));
    }
}
