namespace ActorCompute.Kernels.Genomics;

/// <summary>Flags are not written as flags are. The message says what would be right.</summary>
public sealed class SamFlagsException(string flags, string detail)
    : FormatException($"flags '{flags}': {detail}")
{
    /// <summary>What was given.</summary>
    public string Flags { get; } = flags;

    /// <summary>The name that is not one of <see cref="SamFlags.Names"/>, so that a caller can say which one may have been meant; null for any other error.</summary>
    public string? UnknownName { get; init; }
}
