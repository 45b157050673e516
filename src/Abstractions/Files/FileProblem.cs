namespace ActorCompute;

/// <summary>Says to a person why there is no file to read under a path.</summary>
internal static class FileProblem
{
    /// <summary>An error is one of the file system, or says that it takes no such name.</summary>
    public static bool IsOne(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or (ArgumentException and not InputException);

    /// <summary>What is wrong with a path that nothing is under.</summary>
    public static string Missing(string path)
    {
        if (path.Length == 0) return "the name of a file is empty.";
        if (IsUrl(path)) return "is a URL, and files are read from disks; download it first (curl -O URL), where every worker sees it.";
        return LinkTarget(path) is { } target ? $"is a link to {target}, which is not there." : "no such file.";
    }

    private static bool IsUrl(string path) =>
        path.IndexOf("://", StringComparison.Ordinal) is > 1 and var end && path.AsSpan(0, end).IndexOfAnyExcept(SchemeCharacters) < 0;

    private static SearchValues<char> SchemeCharacters { get; } = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            return null;
        }
    }
}
