using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace ActorCompute.Samples.Tests;

/// <summary>The packages as somebody uses them who has nothing of the repository.</summary>
[Collection(SampleTests.Name)]
public sealed class PackageTests(SampleEnvironment environment) : IAsyncLifetime
{
    private PackedFolder _packed = null!;

    private const string ConsoleProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
        </Project>
        """;

    public async Task InitializeAsync() => _packed = await environment.PackedAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [UnixFact]
    public async Task Library_EmptyConsoleProject_RunsTheGuidesProgramBuiltAndPublished()
    {
        var folder = _packed.Project("first", ConsoleProject, ("Program.cs", await Guide.FirstProgramAsync()));
        await _packed.RunAsync(folder, $"dotnet add package ActorCompute --version {_packed.Version} && dotnet publish -c Release -o published");

        foreach (var program in new[] { "bin/Release/net10.0/first", "published/first" })
        {
            var result = await _packed.RunAsync(folder, program);
            Assert.Equal(["144", "1", "4", "9"], result.Output);
        }
    }

    [UnixFact]
    public async Task Library_OfALibrary_ProgramThatUsesThatHasTheWorkersToo()
    {
        _packed.Project("lib", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
              <ItemGroup><PackageReference Include="ActorCompute" Version="{_packed.Version}" /></ItemGroup>
            </Project>
            """, ("Sums.cs", """
            using ActorCompute;
            public static class Sums
            {
                public static async Task<long> OfSquaresAsync(IEnumerable<long> numbers)
                {
                    await using var cluster = await ComputeCluster.StartLocalAsync(workers: 2);
                    var sum = 0L;
                    await foreach (var square in cluster.Map(Square, numbers)) sum += square;
                    return sum;
                }
                private static long Square(long number) => number * number;
            }
            """));
        var folder = _packed.Project("app", ConsoleProject.Replace("</Project>", """<ItemGroup><ProjectReference Include="../lib/lib.csproj" /></ItemGroup></Project>""", StringComparison.Ordinal),
            ("Program.cs", "Console.WriteLine(await Sums.OfSquaresAsync([1, 2, 3]));"));

        var result = await _packed.RunAsync(folder, "dotnet run -c Release");

        Assert.Equal(["14"], result.Output);
        Assert.False(Directory.Exists(_packed.PathOf("lib/bin/Release/net10.0/actorcompute-programs")));
    }

    [UnixFact]
    public async Task Tool_Installed_RunsTheDemo()
    {
        var result = await _packed.RunAsync(_packed.PathOf(""), $"'{await _packed.InstallToolAsync()}' demo");
        Assert.Contains(result.Output.Concat(result.Error), line => line.Contains("All counts are those the file was made with, and the primes are right.", StringComparison.Ordinal));
    }

    [UnixFact]
    public async Task Abstractions_OwnKindAgainstThePackage_IsAPluginOfTheTool()
    {
        var sample = Path.Combine(ProgramFolder.Repository, "samples", "OwnKind");
        var files = Directory.GetFiles(sample, "*.cs").Select(file => (Path.GetFileName(file), File.ReadAllText(file))).ToArray();
        var folder = _packed.Project("own-kind", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <EnableDynamicLoading>true</EnableDynamicLoading>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="ActorCompute.Abstractions" Version="{_packed.Version}" ExcludeAssets="runtime" /></ItemGroup>
            </Project>
            """, files);
        await _packed.RunAsync(folder, "dotnet build -c Release -o plugin");

        var result = await _packed.RunAsync(folder, $"'{await _packed.InstallToolAsync()}' run collatz --plugins plugin --range 1..9 --workers 1 --format tsv --progress none");

        Assert.Equal(10, result.Output.Count);
    }

    /// <summary>A person who adds it is told of no other package of ours, and of none that is missing.</summary>
    [Fact]
    public void Library_Dependencies_AreAllThatItsAssembliesReferTo()
    {
        using var package = _packed.Open("ActorCompute");
        var dependencies = Nuspec("ActorCompute").Descendants().Where(element => element.Name.LocalName == "dependency").ToDictionary(element => (string)element.Attribute("id")!, element => (string)element.Attribute("version")!);
        Assert.Equal(["ActorCompute.Abstractions"], dependencies.Keys.Where(id => id.StartsWith("ActorCompute", StringComparison.Ordinal)));
        Assert.Equal($"[{_packed.Version}]", dependencies["ActorCompute.Abstractions"]);

        var assemblies = package.Entries.Where(entry => entry.FullName.StartsWith("lib/net10.0/", StringComparison.Ordinal) && entry.Name.EndsWith(".dll", StringComparison.Ordinal)).ToList();
        var known = assemblies.Select(entry => Path.GetFileNameWithoutExtension(entry.Name)).Concat(dependencies.Keys).ToHashSet(StringComparer.Ordinal);
        var framework = Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        Assert.All(assemblies, assembly => Assert.DoesNotContain(ReferencesOf(assembly), name => !known.Contains(name) && !framework.Contains(name)));
    }

    /// <summary>The library in the very same version, since the two share what is internal; and nothing of a web server.</summary>
    [Fact]
    public void Hosting_Dependencies_AreTheLibraryAndWhatHostsHave()
    {
        using var package = _packed.Open("ActorCompute.Hosting");
        Assert.Equal(["ActorCompute.Hosting.dll"], package.Entries.Select(entry => entry.Name).Where(name => name.EndsWith(".dll", StringComparison.Ordinal)));
        var dependencies = Nuspec("ActorCompute.Hosting").Descendants().Where(element => element.Name.LocalName == "dependency").ToDictionary(element => (string)element.Attribute("id")!, element => (string)element.Attribute("version")!);
        Assert.Equal($"[{_packed.Version}]", dependencies["ActorCompute"]);
        Assert.All(dependencies.Keys.Where(id => id != "ActorCompute"), id => Assert.StartsWith("Microsoft.Extensions.", id, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ActorCompute")]
    [InlineData("ActorCompute.Tool")]
    public void Notices_Name_AllPackagesOfOthersThatAreInside(string name)
    {
        using var package = _packed.Open(name);
        using var reader = new StreamReader(package.GetEntry("THIRD-PARTY-NOTICES.txt")!.Open());
        var notices = reader.ReadToEnd();
        var others = package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal) && !entry.Name.StartsWith("ActorCompute", StringComparison.OrdinalIgnoreCase));
        Assert.All(others.Select(entry => Path.GetFileNameWithoutExtension(entry.Name)).Distinct(), other => Assert.Matches($@"\b{other.Replace(".", "\\.", StringComparison.Ordinal)}(,|\s)", notices));
    }

    [Theory]
    [InlineData("ActorCompute")]
    [InlineData("ActorCompute.Abstractions")]
    [InlineData("ActorCompute.Hosting")]
    [InlineData("ActorCompute.Tool")]
    public void Package_Says_WhatItIsAndUnderWhichLicence(string name)
    {
        using var package = _packed.Open(name);
        Assert.All(new[] { "README.md", "icon.png" }, file => Assert.NotNull(package.GetEntry(file)));
        var said = Nuspec(name).Descendants().ToLookup(element => element.Name.LocalName, element => element.Value);
        Assert.Equal("Apache-2.0", Assert.Single(said["license"]));
        Assert.NotEmpty(Assert.Single(said["description"]));
        // Where the repository is, nobody has said.
        Assert.All(Nuspec(name).Descendants().Where(element => element.Name.LocalName == "repository"), repository => Assert.Null(repository.Attribute("url")));
    }

    private XDocument Nuspec(string name)
    {
        using var package = _packed.Open(name);
        using var nuspec = package.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(nuspec);
    }

    private static List<string> ReferencesOf(System.IO.Compression.ZipArchiveEntry assembly)
    {
        using var packedAssembly = assembly.Open();
        var copy = new MemoryStream();
        packedAssembly.CopyTo(copy);
        copy.Position = 0;
        using var file = new PEReader(copy);
        var reader = file.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }
}
