namespace ActorCompute;

/// <summary>A file that a job reads, as it was when the job was planned.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="LastWriteUtc">When it was last written.</param>
public sealed record InputFile(string Path, long Length, DateTime LastWriteUtc)
{
    /// <summary>Looks at a file.</summary>
    /// <exception cref="InputException">It is not there, or is no file.</exception>
    public static InputFile Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (Directory.Exists(path)) throw new InputException($"{path}: is a folder, not a file.");
            // A pipe has no length; its name is enough for one that is read only once.
            return file.Exists ? new(file.FullName, file.Length, file.LastWriteTimeUtc) : throw new InputException($"{path}: no such file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }
}
