namespace ActorCompute.Kinds.Bam;

/// <summary>A file as it was when the job was planned: what the workers read must be the same.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record FileStamp(string Path, long Length)
{
    /// <summary>Looks at a file.</summary>
    /// <exception cref="InputException">It is not there, or is no file.</exception>
    public static FileStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (Directory.Exists(path)) throw new InputException($"{path}: is a folder, not a BAM file.");
            return file.Exists ? new(file.FullName, file.Length) : throw new InputException($"{path}: no such file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Checks that the file under this path on this machine is the one that was planned with.</summary>
    /// <exception cref="InputException">It is missing or another.</exception>
    public void Check()
    {
        var here = Of(Path);
        if (here.Length != Length)
        {
            throw new InputException($"{Path}: has {here.Length} bytes on {Environment.MachineName} and {Length} for the client; workers need the same file under the same path.");
        }
    }
}
