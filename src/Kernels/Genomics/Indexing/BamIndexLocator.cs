namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// Where the index of a BAM file is looked for, in samtools' order. For <c>x.bam</c>: <c>x.bam.csi</c>, <c>x.csi</c>,
/// <c>x.bam.bai</c>, <c>x.bai</c>.
/// </summary>
public static class BamIndexLocator
{
    /// <summary>The places, best first.</summary>
    public static IReadOnlyList<string> Candidates(string bamPath) =>
    [
        bamPath + ".csi", Path.ChangeExtension(bamPath, ".csi"), bamPath + ".bai", Path.ChangeExtension(bamPath, ".bai"),
    ];

    /// <summary>The first that exists; null when none does.</summary>
    public static string? Find(string bamPath) => All(bamPath).FirstOrDefault();

    /// <summary>Those that exist, best first. A link to nowhere, as moved folders leave them, is none.</summary>
    public static IEnumerable<string> All(string bamPath) => Candidates(bamPath).Where(Exists);

    /// <summary>The places that have a link to a file that is not there.</summary>
    public static IEnumerable<string> DanglingLinks(string bamPath) => Candidates(bamPath).Where(path => File.Exists(path) && !Exists(path));

    // File.Exists is true of a link, whatever it leads to.
    private static bool Exists(string path)
    {
        try
        {
            return File.Exists(path) && (File.ResolveLinkTarget(Path.GetFullPath(path), returnFinalTarget: true)?.Exists ?? true);
        }
        catch (IOException)
        {
            // A circle of links.
            return false;
        }
    }

    internal static BamIndexException NotFound(string bamPath) => new(bamPath, BamIndexError.NotFound,
        $"no index. Looked for {string.Join(", ", Candidates(bamPath))}. Make one with samtools index.");
}
