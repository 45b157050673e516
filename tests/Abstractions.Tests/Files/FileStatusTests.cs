namespace ActorCompute.Abstractions.Tests.Files;

/// <summary>The runtime's view of stat(2), whose layout is relied on: it must tell types apart, and one file from another.</summary>
public sealed class FileStatusTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actorcompute-status-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Of_EachType_IsTold()
    {
        var file = Write("file", "12345");
        Assert.Equal((FileType.Regular, 5L), (FileStatus.Of(file).Type, FileStatus.Of(file).Length));
        Assert.Equal(FileType.Folder, FileStatus.Of(_folder.FullName).Type);
        Assert.Equal(FileType.Missing, FileStatus.Of(file + "x").Type);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(FileType.CharacterDevice, FileStatus.Of("/dev/null").Type);
        Assert.True(FileStatus.Of("/dev/null").IsReadOnce);
        Assert.False(FileStatus.Of(file).IsReadOnce);
    }

    [Fact]
    public void Of_TwoNamesOfOneFile_HaveOneIdentity()
    {
        if (OperatingSystem.IsWindows()) return;
        var (file, other) = (Write("file", "1"), Write("other", "1"));
        var link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, file);
        Assert.Equal(FileStatus.Of(file).Identity, FileStatus.Of(link).Identity);
        Assert.NotEqual(FileStatus.Of(file).Identity, FileStatus.Of(other).Identity);
        using var open = File.OpenHandle(file);
        Assert.Equal(FileStatus.Of(file).Identity, FileStatus.Of(open)!.Value.Identity);
        File.Move(other, file, overwrite: true);
        Assert.NotEqual(FileStatus.Of(file).Identity, FileStatus.Of(open)!.Value.Identity);
    }

    [Fact]
    public void Of_LinkToNowhere_IsMissing()
    {
        if (OperatingSystem.IsWindows()) return;
        var link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, Path.Combine(_folder.FullName, "moved"));
        Assert.Equal(FileType.Missing, FileStatus.Of(link).Type);
        Assert.Contains("is a link to", Assert.Throws<InputException>(() => InputFile.Of(link)).Message, StringComparison.Ordinal);
    }

    /// <summary>The link's own length and time say nothing of what is read.</summary>
    [Fact]
    public void InputFile_ThroughALink_IsTheFileItself()
    {
        if (OperatingSystem.IsWindows()) return;
        var file = Write("file", "12345");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        var link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, file);
        Assert.Equal(InputFile.Of(file) with { Path = link }, InputFile.Of(link));
        Assert.Equal((5, DateTime.UnixEpoch), (InputFile.Of(link).Length, InputFile.Of(link).LastWriteUtc));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
