using System.Xml.Linq;

namespace ActorCompute.Architecture.Tests;

/// <summary>A project file, as text: what it says is what a reader sees, whatever the build makes of it.</summary>
internal sealed class Project
{
    private readonly XDocument _xml;

    public Project(string path)
    {
        Path = path;
        _xml = XDocument.Parse(Repository.Read(path));
    }

    /// <summary>From the repository's root, with forward slashes.</summary>
    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(Path)!);

    /// <summary>Projects it is compiled against, by their paths from the root.</summary>
    public IReadOnlyList<string> References => [.. Items("ProjectReference").Where(item => (string?)item.Attribute("ReferenceOutputAssembly") != "false").SelectMany(Paths)];

    /// <summary>Projects that it only has built.</summary>
    public IReadOnlyList<string> Builds => [.. Items("ProjectReference").Where(item => (string?)item.Attribute("ReferenceOutputAssembly") == "false").SelectMany(Paths)];

    public IReadOnlyList<string> Packages => [.. Items("PackageReference").Select(item => (string)item.Attribute("Include")!)];

    /// <summary>What it is built by.</summary>
    public string? Sdk => (string?)_xml.Root!.Attribute("Sdk");

    /// <summary>Shared frameworks it uses beside that of .NET.</summary>
    public IReadOnlyList<string> Frameworks => [.. Items("FrameworkReference").Select(item => (string)item.Attribute("Include")!)];

    /// <summary>The parts of Akka.NET it uses.</summary>
    public IReadOnlyList<string> Akka => [.. Packages.Where(package => package.StartsWith("Akka", StringComparison.Ordinal))];

    public override string ToString() => Path;

    private IEnumerable<XElement> Items(string name) => _xml.Descendants(name);

    private IEnumerable<string> Paths(XElement item) => ((string)item.Attribute("Include")!).Split(';').Select(include =>
        System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.GetFullPath(System.IO.Path.Combine(Repository.Root, System.IO.Path.GetDirectoryName(Path)!, include.Replace('\\', '/')))).Replace('\\', '/'));
}
