namespace ActorCompute.Kernels.Tests.Genomics;

/// <summary>
/// What samtools counts: <c>total</c>, <c>ref:NAME</c>, <c>unplaced</c>, <c>F0x904</c>, <c>q30</c>, <c>region:R</c>; and
/// besides <c>truncated</c> (1 or 0) and <c>refused</c>.
/// </summary>
internal sealed record ExpectedCount(string File, string What, long Value)
{
    /// <summary>The rows of the data folder beside the repository; none where there is no such folder.</summary>
    public static IEnumerable<ExpectedCount> Shared()
    {
        if (SharedFolder is not { } folder)
            yield break;
        foreach (var line in System.IO.File.ReadLines(Path.Combine(folder, "expected.tsv")).Skip(1))
        {
            var fields = line.Split('\t');
            yield return new ExpectedCount(fields[0], fields[1], long.Parse(fields[2]));
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.bam").Select(f => Path.GetFileName(f)).Order())
        {
            yield return file == "bad_badheader.bam" ? new ExpectedCount(file, "refused", 1)
                : new ExpectedCount(file, "truncated", file == "bad_badeof.bam" ? 1 : 0);
        }
    }

    public static string? SharedFolder { get; } = FindSharedFolder();

    private static string? FindSharedFolder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !System.IO.File.Exists(Path.Combine(root.FullName, "ActorCompute.sln")))
            root = root.Parent;
        var folder = root?.Parent is null ? null : Path.Combine(root.Parent.FullName, "shared", "data", "bam");
        return folder is not null && System.IO.File.Exists(Path.Combine(folder, "expected.tsv")) ? folder : null;
    }
}
