namespace ActorCompute.Kernels.Genomics;

/// <summary>Why a BGZF block could not be read.</summary>
public enum BgzfError
{
    /// <summary>No BGZF block starts there: the bytes are something else.</summary>
    NotBgzf,

    /// <summary>The file ends in the middle of a block.</summary>
    Truncated,

    /// <summary>A block starts there, but its header contradicts itself or the file.</summary>
    BadHeader,

    /// <summary>The compressed data are damaged.</summary>
    InflateFailed,

    /// <summary>The data inflate to another length than the footer's ISIZE, or ISIZE is over 65,536.</summary>
    SizeMismatch,

    /// <summary>The data do not have the footer's CRC-32.</summary>
    CrcMismatch,

    /// <summary>A virtual offset points past the end of its block's data.</summary>
    BadVirtualOffset,
}

/// <summary>A BGZF block (SAM specification, section 4.1) could not be read.</summary>
public sealed class BgzfException(string file, long offset, BgzfError error, string detail)
    : GenomicsFileException(file, $"{Describe(error)} at file offset {offset}: {detail}")
{
    /// <summary>Where in the file the block starts.</summary>
    public long Offset { get; } = offset;

    public BgzfError Error { get; } = error;

    private static string Describe(BgzfError error) => error switch
    {
        BgzfError.NotBgzf => "no BGZF block",
        BgzfError.Truncated => "truncated BGZF block",
        BgzfError.BadVirtualOffset => "bad virtual offset",
        _ => "corrupt BGZF block",
    };
}
