namespace ActorCompute.Kernels.Genomics;

/// <summary>Why a region string cannot be used.</summary>
public enum RegionError
{
    /// <summary>The file has no reference of that name.</summary>
    UnknownReference,

    /// <summary>It can be read as a whole name and as a name with a range, and both names exist.</summary>
    Ambiguous,

    /// <summary>It is not written as a region is, a brace is missing for example.</summary>
    BadSyntax,

    /// <summary>A position is 0, negative or far too large, or the last one comes before the first.</summary>
    BadRange,
}

/// <summary>A region string is wrong. The message says what would be right.</summary>
public sealed class RegionException(string region, RegionError error, string detail)
    : FormatException($"region '{region}': {detail}")
{
    /// <summary>The string as given.</summary>
    public string Region { get; } = region;

    public RegionError Error { get; } = error;

    /// <summary>The name that none of the file's references has, so that a caller can say which one may have been meant; null for any other error.</summary>
    public string? UnknownName { get; init; }
}
