namespace ActorCompute.Kernels.Genomics;

/// <summary>Why the inflated data of a file are not BAM.</summary>
public enum BamError
{
    /// <summary>The file does not start with BAM's magic bytes.</summary>
    NotBam,

    /// <summary>The header or the reference list is damaged, or larger than what is accepted.</summary>
    BadHeader,

    /// <summary>A record contradicts itself or the header.</summary>
    BadRecord,

    /// <summary>The data end in the middle of the header or of a record.</summary>
    Truncated,
}

/// <summary>
/// The data of a BAM file (SAM specification, section 4.2) are wrong, though the blocks they are in may be sound.
/// </summary>
public sealed class BamException(string file, VirtualOffset offset, BamError error, string detail)
    : GenomicsFileException(file, error == BamError.NotBam ? $"{Describe(error)}: {detail}" : $"{Describe(error)} at virtual offset {offset}: {detail}")
{
    /// <summary>Where the header or the record starts.</summary>
    public VirtualOffset Offset { get; } = offset;

    public BamError Error { get; } = error;

    private static string Describe(BamError error) => error switch
    {
        BamError.NotBam => "not a BAM file",
        BamError.BadHeader => "bad BAM header",
        BamError.BadRecord => "bad BAM record",
        _ => "truncated BAM data",
    };
}
