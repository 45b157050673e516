using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Kernels.Genomics;

/// <summary>
/// An open file of BGZF blocks. Reading is positional, so any number of readers on any threads can share one.
/// </summary>
public sealed class BgzfFile : IDisposable
{
    private BgzfFile(string path, SafeFileHandle handle)
    {
        Path = path;
        Handle = handle;
        Length = RandomAccess.GetLength(handle);
        HasEndOfFileBlock = EndsWithEndOfFileBlock();
    }

    /// <summary>The path as given.</summary>
    public string Path { get; }

    /// <summary>The file as it was opened, to ask the system about it.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>The length in bytes when it was opened; what is appended later is not read.</summary>
    public long Length { get; }

    /// <summary>Whether the file ends as a complete one does. If not, it was probably cut off.</summary>
    public bool HasEndOfFileBlock { get; }

    /// <exception cref="IOException">The file is not there, or cannot be read by position (a pipe).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static BgzfFile Open(string path)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            return new BgzfFile(path, handle);
        }
        catch (NotSupportedException)
        {
            handle.Dispose();
            throw new IOException($"{path}: not a regular file. Copy it to a disk first; it is read from several places.");
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Fills the buffer from the file offset on; fewer bytes only at the end of the file.</summary>
    public int Read(Span<byte> buffer, long offset)
    {
        var wanted = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        var done = 0;
        while (done < wanted)
        {
            var read = RandomAccess.Read(Handle, buffer[done..wanted], offset + done);
            if (read == 0)
                break;
            done += read;
        }

        return done;
    }

    public void Dispose() => Handle.Dispose();

    private bool EndsWithEndOfFileBlock()
    {
        var expected = BgzfBlockHeader.EndOfFileBlock;
        Span<byte> last = stackalloc byte[expected.Length];
        return Length >= last.Length && Read(last, Length - last.Length) == last.Length && last.SequenceEqual(expected);
    }
}
