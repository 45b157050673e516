using ActorCompute.Kernels.Genomics;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Tests.Bam;

public sealed class BamInputTests : TestFolder
{
    [Fact]
    public void Look_File_IsItsFullPathAndLength()
    {
        var path = Write("a.bam", "12345");
        Assert.Equal(InputFile.Of(path), BamInput.Look(path, "a BAM file"));
        Assert.Equal((path, 5), (BamInput.Look(path, "a BAM file").Path, BamInput.Look(path, "a BAM file").Length));
        Assert.Equal(path, BamInput.Look(Path.GetRelativePath(Environment.CurrentDirectory, path), "a BAM file").Path);
    }

    [Fact]
    public void Look_NotThere_SaysSo() => Assert.Equal($"{PathOf("none")}: no such file.", Assert.Throws<InputException>(() => BamInput.Look(PathOf("none"), "a BAM file")).Message);

    [Fact]
    public void Look_Folder_SaysSo() => Assert.Contains("folder", Assert.Throws<InputException>(() => BamInput.Look(Folder, "a BAM file")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Look_NoPath_IsBadInput(string path) => Assert.Throws<InputException>(() => BamInput.Look(path, "a BAM file"));

    [Fact]
    public void OpenFile_CopyWithAnotherTime_Passes()
    {
        var file = Synthetic();
        File.SetLastWriteTimeUtc(file.Path, file.LastWriteUtc.AddHours(-1));
        BamInput.OpenFile(file).Dispose();
    }

    [Fact]
    public void OpenFile_MadeAnewWithTheSameLength_NamesBothTimes()
    {
        var file = Synthetic();
        var bytes = File.ReadAllBytes(file.Path);
        bytes[^100] ^= 1;
        File.WriteAllBytes(file.Path, bytes);
        File.SetLastWriteTimeUtc(file.Path, file.LastWriteUtc.AddHours(1));
        var error = Assert.Throws<InputException>(() => BamInput.OpenFile(file));
        Assert.Contains($"was written at {file.LastWriteUtc.AddHours(1):u} on {Environment.MachineName} and at {file.LastWriteUtc:u} for the client", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenFile_OtherLength_NamesBoth()
    {
        var file = Synthetic();
        File.AppendAllText(file.Path, "12");
        Assert.Contains($"has {file.Length + 2} bytes on {Environment.MachineName} and {file.Length} for the client", Assert.Throws<InputException>(() => BamInput.OpenFile(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenFile_Gone_SaysSo()
    {
        var stamp = BamInput.Look(Write("a.bam", "12345"), "a BAM file");
        File.Delete(PathOf("a.bam"));
        Assert.Contains("no such file", Assert.Throws<InputException>(() => BamInput.OpenFile(stamp)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_Link_IsTheFileBehindIt()
    {
        if (OperatingSystem.IsWindows()) return;
        Write("a.bam", "12345");
        File.CreateSymbolicLink(PathOf("link.bam"), PathOf("a.bam"));
        Assert.Equal(InputFile.Of(PathOf("a.bam")) with { Path = PathOf("link.bam") }, BamInput.Look(PathOf("link.bam"), "a BAM file"));
    }

    [Theory]
    [InlineData("https://example.org/a.bam", "URL")]
    [InlineData("s3://bucket/a.bam", "URL")]
    [InlineData("-", "this process alone")]
    [InlineData("/dev/stdin", "this process alone")]
    [InlineData("/dev/null", "device")]
    public void Look_WhatNoWorkerCanOpen_SaysWhatItIs(string path, string reason)
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Contains(reason, Assert.Throws<InputException>(() => BamInput.Look(path, "a BAM file")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Look_LinkToNowhere_NamesWhereItLeads()
    {
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(PathOf("link.bam"), PathOf("moved.bam"));
        Assert.Contains(PathOf("moved.bam"), Assert.Throws<InputException>(() => BamInput.Look(PathOf("link.bam"), "a BAM file")).Message, StringComparison.Ordinal);
    }

    private InputFile Synthetic()
    {
        SyntheticBam.Write(PathOf("x.bam"), 100);
        return BamInput.Look(PathOf("x.bam"), "a BAM file");
    }
}
