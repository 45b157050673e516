namespace ActorCompute;

/// <summary>A file that a job reads, as it was when the job was planned: the file itself, whatever links lead to it.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="LastWriteUtc">When it was last written.</param>
public sealed record InputFile(string Path, long Length, DateTime LastWriteUtc)
{
    /// <summary>Opens a file and looks at it.</summary>
    /// <exception cref="InputException">It is not there, is no file, or may not be read.</exception>
    public static InputFile Of(string path)
    {
        try
        {
            switch (FileStatus.Of(path).Type)
            {
                case FileType.Missing: throw new InputException($"{path}: {FileProblem.Missing(path)}");
                case FileType.Folder: throw new InputException($"{path}: is a folder, not a file.");
                case FileType.Pipe or FileType.Socket: throw new InputException($"{path}: is a pipe, which can be read only once; copy it into a file first.");
            }

            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new(System.IO.Path.GetFullPath(path), RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Whether what is under a path can be read only once, as standard input: a pipe, <c>&lt;(command)</c>, a terminal. A plan
    /// that reads its file twice, to check it first, cannot do so with such a one, and does not list it among its inputs.
    /// </summary>
    public static bool IsReadOnce(string path) => StandardInput.Is(path) || FileStatus.Of(path).IsReadOnce;
}
