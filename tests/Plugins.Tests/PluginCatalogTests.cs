namespace ActorCompute.Plugins.Tests;

/// <summary>What is found in plug-in folders, and what is said of what cannot be used.</summary>
public sealed class PluginCatalogTests : IDisposable
{
    private readonly PluginFolder _folder = new();

    [Fact]
    public void Load_FolderWithAPlugin_FindsItsKinds()
    {
        var file = _folder.Copy(PluginFolder.OwnKind);
        var catalog = PluginCatalog.Load([_folder.FullName]);
        Assert.Equal(["collatz", "file-length", "monte-carlo-pi"], catalog.Kinds.Select(plugin => plugin.Kind.Name));
        Assert.All(catalog.Kinds, plugin => Assert.Equal(file, plugin.File));
        Assert.Empty(catalog.Problems);
    }

    [Fact]
    public void Load_Kind_IsAKindOfThisProgramAndItsVersionNamesTheBuild()
    {
        _folder.Copy(PluginFolder.OwnKind);
        var kind = PluginCatalog.Load([_folder.FullName]).Kinds[0].Kind;
        Assert.Equal(2, kind.Prepare(new ParameterValues().Add("range", "1..2")).Plan(default).Count);
        Assert.StartsWith("1 (build ", KindVersion.Of(kind), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_PipeAmongTheFiles_IsLeftAlone()
    {
        if (OperatingSystem.IsWindows()) return;
        _folder.Copy(PluginFolder.OwnKind);
        using (var make = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(_folder.FullName, "a.dll")])) await make.WaitForExitAsync();
        // Opened, it would wait for a writer.
        var catalog = await Task.Run(() => PluginCatalog.Load([_folder.FullName])).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(3, catalog.Kinds.Count);
    }

    [Fact]
    public void Load_NothingIn_FindsNothing()
    {
        var catalog = PluginCatalog.Load([_folder.FullName]);
        Assert.Empty(catalog.Kinds);
        Assert.Empty(catalog.Problems);
    }

    [Fact]
    public void Load_FolderMissing_IsNamed() =>
        Assert.Contains("nowhere cannot be read", Assert.Throws<InputException>(() => PluginCatalog.Load([Path.Combine(_folder.FullName, "nowhere")])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Load_FilesThatAreNoAssembly_AreNoPlugins(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        _folder.Write("garbage.dll", bytes);
        _folder.Copy(PluginFolder.OwnKind);
        Assert.Equal(3, PluginCatalog.Load([_folder.FullName]).Kinds.Count);
    }

    [Fact]
    public void Load_TruncatedPlugin_CostsOnlyItself()
    {
        _folder.Copy(PluginFolder.OwnKind);
        var whole = File.ReadAllBytes(PluginFolder.OwnKind);
        foreach (var part in new[] { 2, 4, 10 }) _folder.Write($"part{part}.dll", whole[..(whole.Length - (whole.Length / part))]);
        Assert.Equal(3, PluginCatalog.Load([_folder.FullName]).Kinds.Count);
    }

    [Fact]
    public void Load_AssembliesOfOthers_AreNotLoaded()
    {
        _folder.Copy(typeof(FactAttribute).Assembly.Location);
        _folder.Copy(typeof(IJobKind).Assembly.Location);
        var catalog = PluginCatalog.Load([_folder.FullName]);
        Assert.Empty(catalog.Kinds);
        Assert.Empty(catalog.Problems);
    }

    [Fact]
    public void Load_NameTaken_IsAProblemThatNamesTheOwner()
    {
        var file = _folder.Copy(PluginFolder.OwnKind);
        var catalog = PluginCatalog.Load([_folder.FullName], new Dictionary<string, string> { ["collatz"] = "a built-in kind" });
        Assert.Equal(["file-length", "monte-carlo-pi"], catalog.Kinds.Select(plugin => plugin.Kind.Name));
        Assert.Equal($"{file}: ActorCompute.OwnKind.Collatz cannot be used: its name 'collatz' is taken by a built-in kind.", Assert.Single(catalog.Problems));
    }

    [Fact]
    public void Load_SamePluginInTwoFolders_TheFirstCounts()
    {
        using var second = new PluginFolder();
        var first = _folder.Copy(PluginFolder.OwnKind);
        second.Copy(PluginFolder.OwnKind);
        var catalog = PluginCatalog.Load([_folder.FullName, second.FullName]);
        Assert.All(catalog.Kinds, plugin => Assert.Equal(first, plugin.File));
        Assert.Equal(3, catalog.Problems.Count);
        Assert.All(catalog.Problems, problem => Assert.Contains($"is taken by {first}", problem, StringComparison.Ordinal));
        // Given twice, a folder is one.
        Assert.Empty(PluginCatalog.Load([_folder.FullName, _folder.FullName]).Problems);
    }

    [Fact]
    public void Load_KindsThatThrowOrHaveNoName_CostOnlyThemselves()
    {
        // This very assembly is a plug-in as well: it brings the two below.
        _folder.Copy(typeof(PluginCatalogTests).Assembly.Location, "broken.dll");
        var catalog = PluginCatalog.Load([_folder.FullName]);
        Assert.Empty(catalog.Kinds);
        Assert.Contains(catalog.Problems, problem => problem.Contains("ThrowingKind cannot be used: InvalidOperationException: no table", StringComparison.Ordinal));
        Assert.Contains(catalog.Problems, problem => problem.Contains("'No Name' is no name for a kind", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>A kind that cannot be made.</summary>
public sealed class ThrowingKind : ComputeFunction<int, int>
{
    public ThrowingKind() => throw new InvalidOperationException("no table");

    public override string Name => "throwing";

    public override string Summary => "";

    protected override int Compute(int input, TaskContext context) => input;
}

/// <summary>A kind whose name nobody could type.</summary>
public sealed class BadNameKind : ComputeFunction<int, int>
{
    public override string Name => "No Name";

    public override string Summary => "";

    protected override int Compute(int input, TaskContext context) => input;
}
