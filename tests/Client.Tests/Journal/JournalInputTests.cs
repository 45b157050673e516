using ActorCompute.Client.Journal;

namespace ActorCompute.Client.Tests.Journal;

/// <summary>Whether an input is what it was.</summary>
public sealed class JournalInputTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("actorcompute-inputs-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Check_SameContentWrittenAgain_Passes()
    {
        var input = JournalInput.Of(InputFile.Of(Write("a", "12345")));
        File.SetLastWriteTimeUtc(PathOf("a"), DateTime.UnixEpoch);
        input.Check();
    }

    [Fact]
    public void Check_OtherContentOfTheSameLengthAndTime_IsRefused()
    {
        var input = JournalInput.Of(InputFile.Of(Write("a", "12345")));
        Write("a", "12354");
        File.SetLastWriteTimeUtc(PathOf("a"), input.LastWriteUtc);
        Refused(input, "content");
    }

    [Fact]
    public void Check_LinkLeadsToOtherDataOrACopy_TheContentDecides()
    {
        if (OperatingSystem.IsWindows()) return;
        Write("a", "12345");
        File.CreateSymbolicLink(PathOf("link"), PathOf("a"));
        var input = JournalInput.Of(InputFile.Of(PathOf("link")));
        Relink("copy", "12345");
        input.Check();
        Relink("other", "54321");
        File.SetLastWriteTimeUtc(PathOf("other"), input.LastWriteUtc);
        Refused(input, "content");
        Relink("longer", "123456");
        Refused(input, "6");
    }

    /// <summary>A file too large to be hashed, or a journal of an earlier release.</summary>
    [Fact]
    public void Check_WithoutAHash_TheTimeDecides()
    {
        var input = JournalInput.Of(InputFile.Of(Write("a", "12345"))) with { Sha256 = null };
        input.Check();
        File.SetLastWriteTimeUtc(PathOf("a"), DateTime.UnixEpoch);
        Refused(input, "written");
    }

    private static void Refused(JournalInput input, string part)
    {
        var error = Assert.Throws<JournalException>(input.Check);
        Assert.Equal(JournalFault.InputChanged, error.Fault);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private void Relink(string name, string text)
    {
        Write(name, text);
        File.Delete(PathOf("link"));
        File.CreateSymbolicLink(PathOf("link"), PathOf(name));
    }

    private string PathOf(string name) => Path.Combine(_root.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }
}
