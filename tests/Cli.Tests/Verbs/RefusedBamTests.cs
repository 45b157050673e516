using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Cli.Tests.Verbs;

/// <summary>Files, regions and filters that a scan refuses before anything is started: a line with file and reason.</summary>
[Collection(InProcessCli.Collection)]
public sealed class RefusedBamTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scan_NoSuchFile_OneLineNamesIt()
    {
        var path = _folder.PathOf("missing.bam");
        (await InProcessCli.RunAsync("scan", path)).AssertRefused(2, path, "no such file");
    }

    [Fact]
    public async Task Scan_Folder_OneLineNamesIt()
    {
        var path = Path.GetDirectoryName(_folder.PathOf("x"))!;
        (await InProcessCli.RunAsync("scan", path)).AssertRefused(2, path, "folder");
    }

    [Theory]
    [InlineData("")]
    [InlineData("@HD\tVN:1.6\nr1\t0\tchr1\t1\t60\t4M\t*\t0\t0\tACGT\tIIII\n")]
    public async Task Scan_NoBam_OneLineNamesIt(string content)
    {
        var path = _folder.Write("text.bam", content);
        (await InProcessCli.RunAsync("scan", path)).AssertRefused(2, path);
    }

    [Fact]
    public async Task Scan_BrokenHeader_OneLineNamesFileAndOffset()
    {
        var (path, bytes) = MakeBam();
        bytes[60] ^= 0xFF;
        File.WriteAllBytes(path, bytes);
        (await InProcessCli.RunAsync("scan", path)).AssertRefused(2, path, "offset 0");
    }

    [Fact]
    public async Task Scan_NoIndexButARegion_OneLineSaysWhatToDo()
    {
        var (path, _) = MakeBam();
        File.Delete(path + ".bai");
        (await InProcessCli.RunAsync("scan", path, "-r", "chr1")).AssertRefused(2, path, "samtools index");
    }

    [UnixFact]
    public async Task Scan_Pipe_IsRefusedAtOnce()
    {
        var fifo = _folder.PathOf("fifo.bam");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [fifo])) await make.WaitForExitAsync();
        (await InProcessCli.RunAsync("scan", fifo)).AssertRefused(2, fifo, "is a pipe");
    }

    [Theory]
    [InlineData("scan", "https://example.org/x.bam")]
    [InlineData("depth", "s3://bucket/x.bam")]
    public async Task Verb_Url_OneLineSaysWhatToDo(string verb, string url) => (await InProcessCli.RunAsync(verb, url)).AssertRefused(2, url, "is a URL", "download");

    [Theory]
    [InlineData("chrQ", "no reference 'chrQ'", "chr1")]
    [InlineData("1", "no reference '1'", "chr1")]
    [InlineData("chr1:20-10", "20 comes after 10")]
    [InlineData("chr1:0-10", "0")]
    [InlineData("chr1:x-10", "chr1:x-10")]
    [InlineData("{chr1:1-10", "{chr1:1-10")]
    [InlineData("chr1:99999999999999999999-", "chr1:99999999999999999999-")]
    public async Task Scan_BadRegion_OneLineNamesFileAndRegion(string region, params string[] said)
    {
        var (path, _) = MakeBam();
        (await InProcessCli.RunAsync("scan", path, "-r", region)).AssertRefused(2, [path, .. said]);
    }

    [Theory]
    [InlineData("-F", "FOO", "'FOO'", "UNMAP")]
    [InlineData("-F", "65536", "'65536'")]
    [InlineData("-f", "-1", "'-1'")]
    [InlineData("-q", "256", "'256'")]
    [InlineData("-q", "-1", "'-1'")]
    [InlineData("-q", "high", "'high'")]
    public async Task Scan_BadFilter_OneLineNamesIt(string option, string value, params string[] said)
    {
        var (path, _) = MakeBam();
        (await InProcessCli.RunAsync("scan", path, option, value)).AssertRefused(2, said);
    }

    [Theory]
    [InlineData("-q", "30")]
    [InlineData("-F", "4")]
    [InlineData("-f", "2")]
    [InlineData("-r", "chr1")]
    [InlineData("--journal", "x")]
    public async Task Scan_FromIndexWithAFilter_OneLineSaysThatItCannotBe(string option, string value)
    {
        var path = _folder.PathOf("x.bam");
        SyntheticBam.Write(path, 100);
        (await InProcessCli.RunAsync("scan", "--from-index", path, option, value)).AssertRefused(2, "--from-index", "leave one of them out");
    }

    [Fact]
    public async Task Scan_FromIndexThatIsMissing_OneLineNamesIt()
    {
        var path = _folder.PathOf("x.bam");
        SyntheticBam.Write(path, 100);
        File.Delete(path + ".bai");
        (await InProcessCli.RunAsync("scan", "--from-index", path)).AssertRefused(2, path, "no index");
    }

    private (string Path, byte[] Bytes) MakeBam()
    {
        var path = _folder.PathOf("sample.bam");
        SyntheticBam.Write(path, 1000);
        return (path, File.ReadAllBytes(path));
    }
}
