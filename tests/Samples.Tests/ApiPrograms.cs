namespace ActorCompute.Samples.Tests;

/// <summary>
/// The programs that docs/design/api.md shows: the first code under each heading, as it stands there, alone in a folder with a project of a few
/// lines. Restored and built all at once, which takes little longer than one of them.
/// </summary>
internal sealed class ApiPrograms
{
    private const string Folder = "api";

    private static readonly Program[] All =
    [
        new("Map over files", "files"),
        new("Monte Carlo with progress", "pi"),
        new("BAM by chromosome", "chromosomes"),
        new("An own kind", "own"),
        new("A web service that offloads work", "service", "ActorCompute.Hosting", "Microsoft.NET.Sdk.Web"),
    ];

    private readonly PackedFolder _packed;

    private ApiPrograms(PackedFolder packed) => _packed = packed;

    public static async Task<ApiPrograms> BuildAsync(Task<PackedFolder> packing)
    {
        var packed = await packing;
        var texts = await ReadAsync();
        Assert.Equal(All.Select(program => program.Heading), texts.Select(text => text.Heading));
        foreach (var (program, text) in All.Zip(texts, (program, text) => (program, text.Code))) packed.Project($"{Folder}/{program.Name}", program.Name, program.ProjectFor(packed.Version), ("Program.cs", text));
        await File.WriteAllTextAsync(packed.PathOf($"{Folder}/all.slnx"), $"<Solution>{string.Concat(All.Select(program => $"""<Project Path="{program.Name}/{program.Name}.csproj" />"""))}</Solution>");
        await packed.RunAsync(packed.PathOf(Folder), "dotnet build all.slnx -c Release");
        return new(packed);
    }

    /// <summary>The programs with their headings, in the order of the page.</summary>
    public static async Task<IReadOnlyList<(string Heading, string Code)>> ReadAsync()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(ProgramFolder.Repository, "docs", "design", "api.md"));
        var programs = page[page.IndexOf("\n## Programs", StringComparison.Ordinal)..page.IndexOf("\n## Every public type", StringComparison.Ordinal)];
        return [.. programs.Split("\n### ").Skip(1).Select(part => (part[..part.IndexOf('\n')], Guide.Fence.Match(part).Groups[2].Value))];
    }

    /// <summary>An empty folder to run a program in.</summary>
    public string FolderOf(string name) => Directory.CreateDirectory(_packed.PathOf($"{Folder}/run/{name}")).FullName;

    /// <summary>Runs a program to its end, where the culture is nobody's.</summary>
    public Task<ProgramResult> RunAsync(string name) => _packed.RunAsync(FolderOf(name), $"LC_ALL=C exec {ExecutableOf(name)}");

    /// <summary>Starts a program with arguments.</summary>
    public RunningProgram Start(string name, string arguments) => PackedFolder.Start(FolderOf(name), $"exec {ExecutableOf(name)} {arguments}");

    private string ExecutableOf(string name) => $"'{_packed.PathOf($"{Folder}/{name}/bin/Release/net10.0/{name}")}'";

    private sealed record Program(string Heading, string Name, string Package = "ActorCompute", string Sdk = "Microsoft.NET.Sdk")
    {
        public string ProjectFor(string version) => $"""
            <Project Sdk="{Sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="{Package}" Version="{version}" /></ItemGroup>
            </Project>
            """;
    }
}
