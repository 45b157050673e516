namespace ActorCompute.Cli.Running;

/// <summary>How this program is called again from the shell that it was called from.</summary>
internal static class OwnCommand
{
    private const string Name = "actorcompute";

    /// <summary>Its name where the shell finds it by that, or else a path to it.</summary>
    public static string Typed { get; } = Find(Environment.ProcessPath, Environment.GetCommandLineArgs()[0], Environment.CurrentDirectory, Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <param name="program">The running executable.</param>
    /// <param name="assembly">What it runs, if it is dotnet.</param>
    /// <param name="folder">The folder that the shell is in.</param>
    /// <param name="path">The shell's PATH.</param>
    internal static string Find(string? program, string assembly, string folder, string path)
    {
        if (program is null) return Name;
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") return "dotnet " + Near(assembly, folder);
        var found = path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(place => Path.Combine(place, Path.GetFileName(program))).FirstOrDefault(File.Exists);
        return found is not null && IsSame(found, program) ? Name : Near(program, folder);
    }

    private static bool IsSame(string one, string other) =>
        Path.GetFullPath(one) == Path.GetFullPath(other) || (FileStatus.Of(one).Identity is { } identity && FileStatus.Of(other).Identity == identity);

    private static string Near(string file, string folder)
    {
        var relative = Path.GetRelativePath(folder, file);
        var path = relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? file
            : relative.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) ? relative : Path.Combine(".", relative);
        return path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
    }
}
