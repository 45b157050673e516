namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// A file is not what it should be. The message names file, place and what to do; the subclasses tell the cause: its blocks,
/// the data in them, or its index.
/// A file that cannot be opened or read is an <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> instead.
/// </summary>
public abstract class GenomicsFileException : Exception
{
    private protected GenomicsFileException(string file, string message)
        : base($"{file}: {message}") => (File, Detail) = (file, message.TrimEnd('.'));

    /// <summary>The path as the caller gave it.</summary>
    public string File { get; }

    /// <summary>The message without the path and the full stop, to be part of another.</summary>
    internal string Detail { get; }
}
