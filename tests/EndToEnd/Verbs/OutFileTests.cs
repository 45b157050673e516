using ActorCompute.Kernels.Genomics;

namespace ActorCompute.EndToEnd.Verbs;

/// <summary><c>--out</c>: what is there before is never lost for less than a whole answer, and nothing that the job reads is written over.</summary>
[Collection(Lane.Commands)]
public sealed class OutFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>An index that the job leaves alone, a journal of another: no answer ever looked like that.</summary>
    [Fact]
    public async Task Out_FileOfData_IsRefused()
    {
        var bam = MakeBam();
        (await CommandLineProgram.RunAsync("scan", bam, "--no-index", "--format", "tsv", "--out", bam + ".bai")).AssertRefused(2, "no answer");
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--workers", "1", "--journal", _folder.PathOf("j"))).AssertClean();
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--format", "tsv", "--out", Path.Combine(_folder.PathOf("j"), "journal.acj"))).AssertRefused(2, "no answer");
    }

    [UnixFact]
    public async Task Out_ExistingLink_IsFollowedAndStays()
    {
        if (OperatingSystem.IsWindows()) return;
        var target = _folder.Write("target.tsv", "before");
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(_folder.PathOf("link.tsv"), target);
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--workers", "1", "--out", _folder.PathOf("link.tsv"))).AssertClean();
        Assert.Equal(target, new FileInfo(_folder.PathOf("link.tsv")).LinkTarget);
        Assert.Equal("number\tprime\n7\ttrue\n", await File.ReadAllTextAsync(target));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));

        File.CreateSymbolicLink(_folder.PathOf("nowhere.tsv"), _folder.PathOf("missing.tsv"));
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--out", _folder.PathOf("nowhere.tsv"))).AssertRefused(2, "missing.tsv", "not there");
    }

    [UnixFact]
    public async Task Out_PlantedPartialLink_IsNotWrittenThrough()
    {
        var victim = _folder.Write("victim", "precious");
        var file = _folder.PathOf("a.tsv");
        File.CreateSymbolicLink(file + ".partial", victim);
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--workers", "1", "--out", file)).AssertClean();
        Assert.Equal("precious", await File.ReadAllTextAsync(victim));
        Assert.Equal("number\tprime\n7\ttrue\n", await File.ReadAllTextAsync(file));
    }

    [UnixFact]
    public async Task Out_DeviceAndOpenFile_AreWrittenStraight()
    {
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--workers", "1", "--out", "/dev/null")).AssertClean();
        Assert.Empty(await File.ReadAllTextAsync("/dev/null"));
        Assert.Equal(["number\tprime", "7\ttrue"], (await CommandLineProgram.RunAsync("primes", "test", "7", "--workers", "1", "--out", "/dev/stdout")).AssertClean().Output);
    }

    [Fact]
    public async Task Out_UnknownEndingWithAFormat_IsWrittenInThat()
    {
        (await CommandLineProgram.RunAsync("primes", "test", "7", "--workers", "1", "--out", _folder.PathOf("answer"), "--format", "csv")).AssertClean();
        Assert.Equal("number,prime\n7,true\n", await File.ReadAllTextAsync(_folder.PathOf("answer")));
    }

    [Theory]
    [InlineData("--deadline", "4s")]
    [InlineData("--fail-fast", null)]
    public async Task Out_JobIsEndedBeforeItsTime_TheOldAnswerStaysAndThePartIsNamed(string option, string? value)
    {
        var file = _folder.Write("a.csv", "before");
        string[] items = value is null ? ["--item", "0", "--item", "-1", "--item", "60"] : ["--item", "0", "--item", "60"];
        var result = (await CommandLineProgram.RunAsync(["run", "sleep", .. items, "--workers", "1", "--grace", "100ms", "--out", file, option, .. value is null ? Array.Empty<string>() : [value]])).AssertExit(1);
        Assert.Equal("before", await File.ReadAllTextAsync(file));
        var partial = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(file)!, "a.csv.*.partial"));
        Assert.Contains(result.Error, line => line.Contains(partial, StringComparison.Ordinal) && line.Contains("left as it was", StringComparison.Ordinal));
        Assert.StartsWith("input,result\n", await File.ReadAllTextAsync(partial), StringComparison.Ordinal);
    }

    /// <summary>One shared part would be damaged by both.</summary>
    [Fact]
    public async Task Out_TwoClientsAtOnce_TheAnswerIsThatOfOneOfThem()
    {
        var file = _folder.PathOf("a.tsv");
        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => CommandLineProgram.RunAsync("primes", "list", $"{i + 1}", "300000", "--workers", "1", "--out", file)));
        Assert.All(results, result => result.AssertClean());
        Assert.Equal(25997, (await File.ReadAllLinesAsync(file)).Length);
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    private string MakeBam()
    {
        var path = _folder.PathOf("x.bam");
        SyntheticBam.Write(path, 1000);
        return path;
    }
}
