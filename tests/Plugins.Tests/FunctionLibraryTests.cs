namespace ActorCompute.Plugins.Tests;

/// <summary>Which assembly a caller's functions come from: the very same build, or none.</summary>
public sealed class FunctionLibraryTests : IDisposable
{
    private readonly PluginFolder _folder = new();
    private readonly Guid _module = ModuleId.Of(PluginFolder.OwnKind)!.Value;

    [Fact]
    public void ModuleId_SameFileElsewhere_IsTheSame()
    {
        Assert.Equal(_module, ModuleId.Of(_folder.Copy(PluginFolder.OwnKind)));
        Assert.Equal(typeof(FunctionLibraryTests).Module.ModuleVersionId, ModuleId.Of(typeof(FunctionLibraryTests).Assembly.Location));
    }

    [Fact]
    public void ModuleId_NoAssembly_IsNull()
    {
        Assert.Null(ModuleId.Of(Path.Combine(_folder.FullName, "missing.dll")));
        Assert.Null(ModuleId.Of(_folder.Write("empty.dll", [])));
        Assert.Null(ModuleId.Of(_folder.Write("text.dll", "no assembly at all"u8.ToArray())));
        Assert.Null(ModuleId.Of(_folder.FullName));
    }

    [Fact]
    public void Load_CallersPathTrusted_IsLoadedOnce()
    {
        var file = _folder.Copy(PluginFolder.OwnKind);
        var library = new FunctionLibrary([], trustsCaller: true);
        var assembly = library.Load("ActorCompute.OwnKind", file, _module);
        Assert.Equal(_module, assembly.ManifestModule.ModuleVersionId);
        Assert.Same(assembly, library.Load("ActorCompute.OwnKind", file, _module));
    }

    [Fact]
    public void Load_CallersPathNotTrusted_IsLookedUpInTheFoldersOnly()
    {
        var file = _folder.Copy(PluginFolder.OwnKind);
        var error = Assert.Throws<InputException>(() => new FunctionLibrary([], trustsCaller: false).Load("ActorCompute.OwnKind", file, _module));
        Assert.Equal("this worker has no ActorCompute.OwnKind.dll; put it, with what it needs, into a folder that the worker is given by --plugins.", error.Message);
        Assert.Equal(_module, new FunctionLibrary([_folder.FullName], trustsCaller: false).Load("ActorCompute.OwnKind", "/elsewhere/x.dll", _module).ManifestModule.ModuleVersionId);
    }

    [Fact]
    public void Load_FileWrittenOverAfterwards_RunsOnFromItsCopy()
    {
        var file = _folder.Copy(PluginFolder.OwnKind);
        var assembly = new FunctionLibrary([], trustsCaller: true).Load("ActorCompute.OwnKind", file, _module);
        // In place, as a build does it: what is mapped would lose its pages, and the process its life.
        using (var other = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) other.SetLength(0);
        Assert.Contains(assembly.GetExportedTypes(), type => type.Name == "Collatz" && Activator.CreateInstance(type) is IJobKind { Summary.Length: > 0 });
    }

    [Fact]
    public void Load_AnotherBuild_SaysWhatToDo()
    {
        var file = _folder.Copy(PluginFolder.OwnKind);
        Assert.Contains("start the program again", Refused(trusts: true, file), StringComparison.Ordinal);
        Assert.Contains($"{file} is another build of ActorCompute.OwnKind than the client runs; copy the client's file here.", Refused(trusts: false, file), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AssemblyOfTheFramework_IsThisProcesssOwnForWhoIsTrusted()
    {
        foreach (var framework in new[] { typeof(Math).Assembly, typeof(System.Numerics.BigInteger).Assembly })
        {
            var (name, module) = (framework.GetName().Name!, framework.ManifestModule.ModuleVersionId);
            Assert.Same(framework, new FunctionLibrary([], trustsCaller: true).Load(name, framework.Location, module));
            var error = Assert.Throws<InputException>(() => new FunctionLibrary([_folder.FullName], trustsCaller: false).Load(name, framework.Location, module));
            Assert.Contains($"methods of .NET itself ({name}) are called by a worker only for the program that started it", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("../ActorCompute.OwnKind")]
    [InlineData("*")]
    [InlineData("")]
    public void Load_NameFromTheWire_IsNeverAPath(string name)
    {
        _folder.Copy(PluginFolder.OwnKind);
        var inner = Directory.CreateDirectory(Path.Combine(_folder.FullName, "inner")).FullName;
        Assert.Throws<InputException>(() => new FunctionLibrary([inner], trustsCaller: false).Load(name, "", _module));
    }

    public void Dispose() => _folder.Dispose();

    private string Refused(bool trusts, string file) =>
        Assert.Throws<InputException>(() => new FunctionLibrary([_folder.FullName], trusts).Load("ActorCompute.OwnKind", file, Guid.NewGuid())).Message;
}
