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
    public static string? Find(string bamPath) => Candidates(bamPath).FirstOrDefault(File.Exists);

    internal static BamIndexException NotFound(string bamPath) => new(bamPath, BamIndexError.NotFound,
        $"no index. Looked for {string.Join(", ", Candidates(bamPath))}. Make one with samtools index.");
}
