namespace ActorCompute.Kinds.Bam;

/// <summary>A file as it was when the job was planned: what the workers read must be the same.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record FileStamp(string Path, long Length)
{
    /// <summary>Looks at a file: the one that would be opened, whatever links lead to it.</summary>
    /// <exception cref="InputException">It is not there, or is no file that a worker can open.</exception>
    public static FileStamp Of(string path) => Of(path, "a BAM file");

    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, for errors.</param>
    /// <exception cref="InputException">It is not there, or is no file that a worker can open.</exception>
    internal static FileStamp Of(string path, string what)
    {
        try
        {
            CheckType(path, what);
            var file = InputFile.Of(path);
            return new(file.Path, file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Checks that a file of this length is the one that was planned with.</summary>
    /// <exception cref="InputException">It is another.</exception>
    public void Check(long length)
    {
        if (length != Length)
        {
            throw new InputException($"{Path}: has {length} bytes on {Environment.MachineName} and {Length} for the client; workers need the same file under the same path.");
        }
    }

    // Before it is opened: a pipe would wait for its other end.
    internal static void CheckType(string path, string what)
    {
        if (StandardInput.Is(path) || path.StartsWith("/dev/fd/", StringComparison.Ordinal))
            throw new InputException($"{path}: belongs to this process alone, and workers open {what} by its path; name the file itself.");
        var problem = FileStatus.Of(path).Type switch
        {
            FileType.Regular or FileType.Missing => null,
            FileType.Folder => $"is a folder, not {what}.",
            FileType.Pipe => $"is a pipe, and {what} is read from several places at once; copy it to a disk first.",
            _ => $"is a device, not {what}.",
        };
        if (problem is not null) throw new InputException($"{path}: {problem}");
    }
}
