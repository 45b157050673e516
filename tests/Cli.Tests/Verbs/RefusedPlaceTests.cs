using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Cli.Tests.Verbs;

/// <summary><c>--out</c> and <c>--events</c>: nothing that the job reads is written over.</summary>
[Collection(InProcessCli.Collection)]
public sealed class RefusedPlaceTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x.bam")]
    [InlineData("x.bam.bai")]
    [InlineData("regions.bed")]
    public async Task Out_OntoWhatTheJobReads_IsRefusedAndTheFileStays(string name)
    {
        var bam = MakeBam();
        var bed = _folder.Write("regions.bed", "chr1\t0\t100\n");
        var before = File.ReadAllBytes(_folder.PathOf(name));
        foreach (var format in new string[][] { [], ["--format", "tsv"] })
            (await InProcessCli.RunAsync(["depth", bam, "--by", bed, "--out", _folder.PathOf(name), .. format])).AssertRefused(2, name);
        Assert.Equal(before, File.ReadAllBytes(_folder.PathOf(name)));
    }

    [UnixFact]
    public async Task Out_LinkToWhatTheJobReads_IsRefused()
    {
        var bam = MakeBam();
        File.CreateSymbolicLink(_folder.PathOf("link.tsv"), bam);
        (await InProcessCli.RunAsync("scan", bam, "--out", _folder.PathOf("link.tsv"))).AssertRefused(2, "link.tsv", "reads");
        (await InProcessCli.RunAsync("scan", bam, "--from-index", "--out", _folder.PathOf("link.tsv"))).AssertRefused(2, "link.tsv", "reads");
    }

    [Fact]
    public async Task Events_IntoAFileThatTheJobReadsOrAFolder_IsRefused()
    {
        var bam = _folder.PathOf("x.bam");
        Assert.Equal(0, (await InProcessCli.RunAsync("make-bam", bam, "--reads", "100")).ExitCode);
        var before = await File.ReadAllBytesAsync(bam);
        (await InProcessCli.RunAsync("scan", bam, "--events", bam)).AssertRefused(2, "--events", "x.bam");
        Assert.Equal(before, await File.ReadAllBytesAsync(bam));
        (await InProcessCli.RunAsync("scan", bam, "--events", _folder.PathOf("."))).AssertRefused(2, "--events", "folder");
        (await InProcessCli.RunAsync("scan", bam, "--out", _folder.PathOf("a.tsv"), "--events", _folder.PathOf("a.tsv"))).AssertRefused(2, "--events", "a.tsv");
    }

    [Theory]
    [InlineData("a.xlsx")]
    [InlineData("answer")]
    public async Task Out_UnknownEnding_IsRefusedWithTheKnownOnes(string name) =>
        (await InProcessCli.RunAsync("primes", "test", "7", "--out", _folder.PathOf(name))).AssertRefused(2, name, ".csv", ".jsonl", "--format");

    private string MakeBam()
    {
        var path = _folder.PathOf("x.bam");
        SyntheticBam.Write(path, 1000);
        return path;
    }
}
