using Microsoft.Win32.SafeHandles;

namespace ActorCompute;

/// <summary>A file that a job reads, as it was when the job was planned: the file itself, whatever links lead to it.</summary>
/// <param name="Path">The full path.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="LastWriteUtc">When it was last written.</param>
public sealed record InputFile(string Path, long Length, DateTime LastWriteUtc)
{
    // FAT keeps even seconds, and other file systems and servers whole ones, up or down: what was written once may show two times.
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(2);

    /// <summary>A number made of the bytes at some places of it: files with different ones are different. Null where nobody looked.</summary>
    public ulong? Sample { get; init; }

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
            return new(System.IO.Path.GetFullPath(path), RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle)) { Sample = FileSample.Of(handle) };
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw new InputException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Whether what is under a path can be read only once, as standard input: a pipe, <c>&lt;(command)</c>, a terminal. A plan
    /// that reads its file twice, to check it first, cannot do so with such a one, and does not list it among its inputs.
    /// </summary>
    public static bool IsReadOnce(string path) => StandardInput.Is(path) || FileStatus.Of(path).IsReadOnce;

    /// <summary>
    /// Checks, on a worker, that the file it opened is this one. Its length must be the same, and the time of its last write, which may have
    /// been rounded; where the times differ it may be a copy, and <see cref="Sample"/> decides.
    /// </summary>
    /// <param name="opened">The file that was opened under the path: a link may lead elsewhere by now, or on this machine.</param>
    /// <exception cref="InputException">It is another; the message says how each was found.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Check(SafeFileHandle opened)
    {
        ArgumentNullException.ThrowIfNull(opened);
        var length = RandomAccess.GetLength(opened);
        if (length != Length) throw new InputException($"{Path}: has {length} bytes on {Environment.MachineName} and {Length} for the client; workers need the same file under the same path.");
        var lastWrite = File.GetLastWriteTimeUtc(opened);
        if (WasWrittenAt(lastWrite) || (Sample is { } sample && sample == FileSample.Of(opened))) return;
        throw new InputException($"{Path}: was written at {lastWrite:u} on {Environment.MachineName} and at {LastWriteUtc:u} for the client{(Sample is null ? "" : ", and is no copy of it")}; workers need the same file under the same path.");
    }

    /// <summary>The same without what a copy of the file may have otherwise.</summary>
    public InputFile WithoutTime() => this with { LastWriteUtc = DateTime.UnixEpoch, Sample = null };

    /// <summary>Whether a time is that of the last write, as far as file systems keep it.</summary>
    internal bool WasWrittenAt(DateTime time) => (time - LastWriteUtc).Duration() <= Rounding;
}
