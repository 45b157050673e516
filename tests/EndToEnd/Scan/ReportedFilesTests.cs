namespace ActorCompute.EndToEnd.Scan;

/// <summary>Small files of public reports that went wrong once, with the values of samtools and mosdepth; where they are beside the repository.</summary>
[Collection(Lane.Commands)]
public sealed class ReportedFilesTests(ProcessEnvironment environment) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ReportedBamFact]
    public async Task Depth_DisplayLinesBlankLinesAndGzip_AreReadAsMosdepthDoes()
    {
        Copy();
        Assert.Equal(["chr1 0.5", "track1 1"], Means(await RunAsync("depth", "track.bam", "--by", _folder.PathOf("track2.bed"), "--ordered")));
        Assert.Equal(["chr1 1", "chr2 1"], Means(await RunAsync("depth", "depth.bam", "--by", _folder.PathOf("crlf_blank.bed"), "--ordered")));
        Assert.Equal(["chr1 1"], Means(await RunAsync("depth", "depth.bam", "--by", _folder.PathOf("region.bed.gz"))));
    }

    [ReportedBamFact]
    public async Task Count_IndexesOfEveryKind_AreRight()
    {
        Copy();
        var other = await RunAsync("flagstat", "samtools_11_target.bam");
        other.AssertExit(0).AssertSays($"warning: {_folder.PathOf("samtools_11_target.bam.bai")}: ", "not the index of");
        Assert.Equal("28", other.Rows[0]["passed"]);
        Assert.Equal("1", (await RunAsync("flagstat", "bai_trailing.bam")).AssertClean().Rows[0]["passed"]);
        Assert.Equal(1, (await RunAsync("scan", "csi_m32.bam")).AssertClean().Rows.Sum(row => int.Parse(row["reads"])));
    }

    [ReportedBamFact]
    public async Task Scan_NoBam_IsNamedWithAWayOut()
    {
        Copy();
        (await RunAsync("scan", "tiny.cram")).AssertRefused(2, "CRAM", "samtools view");
        (await RunAsync("scan", "plaingz.bam")).AssertRefused(2, "gzip", "samtools view");
        (await RunAsync("scan", "raw.bam")).AssertRefused(2, "without compression", "samtools view");
    }

    [ReportedBamFact]
    public async Task Scan_CigarAndBasesDiffer_IsDamage()
    {
        Copy();
        (await RunAsync("scan", "cigar_seq_mismatch.bam")).AssertExit(1).AssertSays("error: ", "CIGAR goes along 20 bases, and it has 10");
    }

    private async Task<ProgramResult> RunAsync(string verb, string file, params IEnumerable<string> more) =>
        await (await environment.ClusterAsync()).RunAsync([verb, _folder.PathOf(file), .. more]);

    private static IEnumerable<string> Means(ProgramResult result) => result.AssertClean().Rows.Select(row => $"{row["reference"]} {row["mean"]}");

    // Written in this order, an index is not older than its file.
    private void Copy()
    {
        foreach (var file in Directory.GetFiles(ReportedBamFactAttribute.Folder!).OrderBy(file => file.EndsWith("i", StringComparison.Ordinal))) _folder.Write(Path.GetFileName(file), File.ReadAllBytes(file));
    }
}
