namespace ActorCompute.Compare.Peers;

/// <summary>Programs on the path.</summary>
internal static class ProgramPath
{
    /// <summary>All files of that name, in the order of the path.</summary>
    public static IEnumerable<string> FindAll(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
            .Where(File.Exists)
            .Distinct();

    public static string? Find(string program) => FindAll(program).FirstOrDefault();
}
