namespace ActorCompute.Kernels.Genomics;

/// <summary>Why an index cannot be used.</summary>
public enum BamIndexError
{
    /// <summary>There is no index beside the BAM file.</summary>
    NotFound,

    /// <summary>The file is neither BAI nor CSI.</summary>
    NotAnIndex,

    /// <summary>It ends too early, contradicts itself, or is larger than what is accepted.</summary>
    BadContent,

    /// <summary>It is the index of another BAM file, or of an earlier version of this one.</summary>
    Mismatch,
}

/// <summary>The index of a BAM file is missing, damaged, or another file's. <c>samtools index</c> makes a new one.</summary>
public sealed class BamIndexException(string file, BamIndexError error, string detail)
    : GenomicsFileException(file, detail)
{
    public BamIndexError Error { get; } = error;
}
