using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Tests.Bam;

public sealed class FileStampTests : TestFolder
{
    [Fact]
    public void Of_File_IsItsFullPathAndLength()
    {
        var path = Write("a.bam", "12345");
        Assert.Equal(new(path, 5), FileStamp.Of(path));
        Assert.Equal(path, FileStamp.Of(Path.GetRelativePath(Environment.CurrentDirectory, path)).Path);
    }

    [Fact]
    public void Of_NotThere_SaysSo() => Assert.Equal($"{PathOf("none")}: no such file.", Assert.Throws<InputException>(() => FileStamp.Of(PathOf("none"))).Message);

    [Fact]
    public void Of_Folder_SaysSo() => Assert.Contains("folder", Assert.Throws<InputException>(() => FileStamp.Of(Folder)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Of_NoPath_IsBadInput(string path) => Assert.Throws<InputException>(() => FileStamp.Of(path));

    [Fact]
    public void Check_SameLength_Passes() => FileStamp.Of(Write("a.bam", "12345")).Check(5);

    [Fact]
    public void Check_OtherLength_NamesBoth()
    {
        var stamp = FileStamp.Of(Write("a.bam", "12345"));
        var error = Assert.Throws<InputException>(() => stamp.Check(7));
        Assert.Contains("7 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("5 for the client", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenFile_Gone_SaysSo()
    {
        var stamp = FileStamp.Of(Write("a.bam", "12345"));
        File.Delete(PathOf("a.bam"));
        Assert.Contains("no such file", Assert.Throws<InputException>(() => BamInput.OpenFile(stamp)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Link_IsTheFileBehindIt()
    {
        if (OperatingSystem.IsWindows()) return;
        Write("a.bam", "12345");
        File.CreateSymbolicLink(PathOf("link.bam"), PathOf("a.bam"));
        Assert.Equal(new(PathOf("link.bam"), 5), FileStamp.Of(PathOf("link.bam")));
    }

    [Theory]
    [InlineData("https://example.org/a.bam", "URL")]
    [InlineData("s3://bucket/a.bam", "URL")]
    [InlineData("-", "this process alone")]
    [InlineData("/dev/stdin", "this process alone")]
    [InlineData("/dev/null", "device")]
    public void Of_WhatNoWorkerCanOpen_SaysWhatItIs(string path, string reason)
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Contains(reason, Assert.Throws<InputException>(() => FileStamp.Of(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LinkToNowhere_NamesWhereItLeads()
    {
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(PathOf("link.bam"), PathOf("moved.bam"));
        Assert.Contains(PathOf("moved.bam"), Assert.Throws<InputException>(() => FileStamp.Of(PathOf("link.bam"))).Message, StringComparison.Ordinal);
    }
}
