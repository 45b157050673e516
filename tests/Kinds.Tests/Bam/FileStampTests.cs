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
    public void Check_Unchanged_Passes() => FileStamp.Of(Write("a.bam", "12345")).Check();

    [Fact]
    public void Check_OtherLength_NamesBoth()
    {
        var stamp = FileStamp.Of(Write("a.bam", "12345"));
        Write("a.bam", "1234567");
        var error = Assert.Throws<InputException>(stamp.Check);
        Assert.Contains("7 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("5 for the client", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Gone_SaysSo()
    {
        var stamp = FileStamp.Of(Write("a.bam", "12345"));
        File.Delete(PathOf("a.bam"));
        Assert.Contains("no such file", Assert.Throws<InputException>(stamp.Check).Message, StringComparison.Ordinal);
    }
}
