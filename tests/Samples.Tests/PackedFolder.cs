using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;

namespace ActorCompute.Samples.Tests;

/// <summary>
/// The packages, made of what is built, in a folder that is the only source of packages below it. Those of others come from where the build
/// has installed them, ours are installed here: nothing asks the network, nothing is left on the machine.
/// </summary>
public sealed class PackedFolder : IDisposable
{
    // No node of MSBuild and no compiler stays behind.
    private const string Alone = "MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false NuGetAudit=false DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1";

    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(5);

    private readonly TestFolder _folder = new();

    private PackedFolder()
    {
    }

    /// <summary>One that no other run has.</summary>
    public string Version { get; } = $"0.0.1-test.{Guid.NewGuid():n}";

    /// <summary>Where the tool is installed by <see cref="InstallToolAsync"/>.</summary>
    public string Tool => Path.Combine(PathOf("tool"), "actorcompute");

    // artifacts/bin/<Project>/<configuration>/: what is built is packed, and not built again.
    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string PackagesOfOthers =>
        typeof(PackedFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;

    /// <summary>Packs what is built.</summary>
    public static async Task<PackedFolder> PackAsync()
    {
        var packed = new PackedFolder();
        try
        {
            await packed.RunAsync(ProgramFolder.Repository, $"dotnet pack Packages.slnf -c {Configuration} --no-build -p:PackageVersion={packed.Version} -o '{packed.PathOf("packages")}'");
            packed._folder.Write("nuget.config", new XElement("configuration",
                new XElement("packageSources", new XElement("clear"), Add("packed", packed.PathOf("packages"))),
                new XElement("fallbackPackageFolders", new XElement("clear"), Add("others", PackagesOfOthers)),
                new XElement("config", Add("globalPackagesFolder", packed.PathOf("installed")))).ToString());
            return packed;
        }
        catch
        {
            packed.Dispose();
            throw;
        }

        static XElement Add(string key, string value) => new("add", new XAttribute("key", key), new XAttribute("value", value));
    }

    /// <summary>A folder for a project, below the source of packages.</summary>
    public string Project(string name, string project, params (string Name, string Text)[] files) => Project(name, name, project, files);

    /// <inheritdoc cref="Project(string,string,ValueTuple{string,string}[])"/>
    public string Project(string folderName, string name, string project, params (string Name, string Text)[] files)
    {
        var folder = Directory.CreateDirectory(PathOf(folderName)).FullName;
        foreach (var (file, text) in files.Prepend(($"{name}.csproj", project))) File.WriteAllText(Path.Combine(folder, file), text);
        return folder;
    }

    /// <summary>Installs the tool, once.</summary>
    public async Task<string> InstallToolAsync()
    {
        if (!File.Exists(Tool)) await RunAsync(PathOf(""), $"dotnet tool install ActorCompute.Tool --version {Version} --tool-path tool");
        return Tool;
    }

    /// <summary>A line as somebody types it at the prompt of a shell; it ends with 0.</summary>
    internal async Task<ProgramResult> RunAsync(string folder, string line)
    {
        await using var run = Start(folder, line);
        return (await run.WaitAsync(line, BuildLimit)).AssertExit(0);
    }

    /// <summary>The same, while it runs.</summary>
    internal static RunningProgram Start(string folder, string line) => RunningProgram.StartShell(folder, $"export {Alone} && {line}");

    /// <summary>The files of a package.</summary>
    public ZipArchive Open(string package, string ending = "nupkg") => ZipFile.OpenRead(Path.Combine(PathOf("packages"), $"{package}.{Version}.{ending}"));

    public string PathOf(string name) => _folder.PathOf(name);

    public void Dispose() => _folder.Dispose();
}
