using System.Reflection;

namespace ActorCompute.Architecture.Tests;

/// <summary>The files of the repository.</summary>
internal static class Repository
{
    private static readonly string[] NotSource = ["artifacts", "bin", "obj", ".git", ".vs", ".idea", "node_modules", "TestResults"];

    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The projects, by their path from the root with forward slashes.</summary>
    public static IReadOnlyList<Project> Projects { get; } = [.. Files("", "*.csproj").Select(path => new Project(path))];

    public static IEnumerable<Project> ProjectsUnder(string folder) => Projects.Where(project => project.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    /// <summary>Source files below a folder, by their paths from the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true };
        return Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, options)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(NotSource.Contains))
            .Order(StringComparer.Ordinal);
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));
}
