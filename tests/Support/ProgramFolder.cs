namespace ActorCompute.Support;

/// <summary>Where the built programs and the shared test data lie.</summary>
internal static class ProgramFolder
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Repository { get; } = AncestorsOf(AppContext.BaseDirectory).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "ActorCompute.sln")))
        ?? throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds ActorCompute.sln.");

    /// <summary>Real BAM files with samtools' counts, where a machine has them beside the repository; else null.</summary>
    public static string? RealBamFiles { get; } = AncestorsOf(Repository)
        .Select(folder => Path.Combine(folder, "shared", "data", "bam"))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "expected.tsv")));

    /// <summary>artifacts/bin/EndToEnd/&lt;configuration&gt;/ is this; the programs of the same configuration stand beside it.</summary>
    public static string ExecutableOf(string project, string program)
    {
        var here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var path = Path.GetFullPath(Path.Combine(here, "..", "..", project, Path.GetFileName(here), OperatingSystem.IsWindows() ? program + ".exe" : program));
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing; build the solution.", path);
    }

    private static IEnumerable<string> AncestorsOf(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }
}
