using ActorCompute.Messages;

namespace ActorCompute.Processes.Tests.Security;

[System.Diagnostics.CodeAnalysis.SuppressMessage("Interoperability", "CA1416", Justification = "UnixFact and UnixTheory")]
public sealed class SecretFileTests : TestFolder
{
    private const string Text = "0123456789abcdef";

    [Fact]
    public void FindOrCreate_NotThere_MakesItForItsOwnerAlone()
    {
        var path = PathOf("data", "secret");

        var made = SecretFile.FindOrCreate(path);

        Assert.Equal(made.Text, SecretFile.Find(path).Text);
        Assert.Equal(made.Text, SecretFile.FindOrCreate(path).Text);
        Assert.Equal(["secret"], Files);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task FindOrCreate_ManyAtOnce_AllGetTheSame()
    {
        for (var round = 0; round < 100; round++)
        {
            var path = PathOf($"round-{round}", "secret");
            using var barrier = new Barrier(4);
            var secrets = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    barrier.SignalAndWait();
                    return SecretFile.FindOrCreate(path).Text;
                },
                TaskCreationOptions.LongRunning)));
            Assert.Single(secrets.Distinct());
            Assert.Single(Directory.GetFiles(PathOf($"round-{round}")));
        }
    }

    [Fact]
    public void FindOrCreate_DraftLeftBehind_IsNotInTheWay()
    {
        var path = PathOf("secret");
        // A process that was killed half-way, and had the same id: in a container it is always 1.
        File.WriteAllText($"{path}.{Environment.ProcessId}", "half");
        Assert.Equal(64, SecretFile.FindOrCreate(path).Text.Length);
    }

    [UnixFact]
    public void FindOrCreate_ThereInAFolderThatMayNotBeWritten_IsRead()
    {
        var path = Write("read-only/secret", Text);
        var folder = Path.GetDirectoryName(path)!;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Equal(Text, SecretFile.FindOrCreate(path).Text);
        }
        finally
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void FindOrCreate_WhereNoFileCanBe_IsBadInput()
    {
        Write("file", Text);
        Assert.Contains("could not be made", Assert.Throws<InputException>(() => SecretFile.FindOrCreate(PathOf("file", "secret"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NotThere_SaysWhatToDo()
    {
        var path = PathOf("secret");
        var error = Assert.Throws<InputException>(() => SecretFile.Find(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(ClusterSecret.EnvironmentVariable, error.Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Find_OthersMayReadOrWriteIt_IsRefused(UnixFileMode others)
    {
        var path = Write("secret", Text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        Assert.Contains("mode 600", Assert.Throws<InputException>(() => SecretFile.Find(path)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => SecretFile.FindOrCreate(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("short\n")]
    public void Find_TooShort_IsRefused(string text) =>
        Assert.Contains("at least 16", Assert.Throws<InputException>(() => SecretFile.Find(Write("secret", text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Find_LineEndAfterIt_IsNoPartOfIt() => Assert.Equal(Text, SecretFile.Find(Write("secret", Text + "\n")).Text);

    private string Write(string name, string text)
    {
        var path = PathOf(name.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
