using ActorCompute.Kernels.Genomics;

namespace ActorCompute.Cli.Tests.Verbs;

/// <summary><c>make-bam</c>: a file to try things on, and never over one that is there.</summary>
[Collection(InProcessCli.Collection)]
public sealed class MakeBamTests
{
    [Fact]
    public async Task MakeBam_NewFile_WritesItWithItsIndex()
    {
        using var folder = new TestFolder();
        var (made, known) = (folder.PathOf("made.bam"), folder.PathOf("known.bam"));
        var result = (await InProcessCli.RunAsync("make-bam", made, "--reads", "3_000", "--seed", "7")).AssertExit(0);
        Assert.Empty(result.Output);
        SyntheticBam.Write(known, 3000, 7);
        Assert.Equal(File.ReadAllBytes(known), File.ReadAllBytes(made));
        Assert.Equal(File.ReadAllBytes(known + ".bai"), File.ReadAllBytes(made + ".bai"));
    }

    [Fact]
    public async Task MakeBam_FileIsThere_LeavesItAlone()
    {
        using var folder = new TestFolder();
        var path = folder.Write("mine.bam", "not to be lost");
        (await InProcessCli.RunAsync("make-bam", path, "--reads", "10")).AssertRefused(2, path, "--force");
        Assert.Equal("not to be lost", File.ReadAllText(path));
        (await InProcessCli.RunAsync("make-bam", path, "--reads", "10", "--force")).AssertExit(0);
        // The same file as where none was, with an index that fits, and nothing beside.
        SyntheticBam.Write(folder.PathOf("known.bam"), 10, 1);
        Assert.Equal(File.ReadAllBytes(folder.PathOf("known.bam")), File.ReadAllBytes(path));
        Assert.Equal(File.ReadAllBytes(folder.PathOf("known.bam.bai")), File.ReadAllBytes(path + ".bai"));
        Assert.Equal(4, Directory.GetFiles(Path.GetDirectoryName(path)!).Length);
    }

    [Fact]
    public async Task MakeBam_FolderIsMissing_OneLineNamesThePath()
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.PathOf("missing"), "out.bam");
        (await InProcessCli.RunAsync("make-bam", path, "--reads", "10")).AssertRefused(2, path);
    }
}
