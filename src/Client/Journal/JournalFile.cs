using System.Runtime.InteropServices;

namespace ActorCompute.Client.Journal;

/// <summary>A folder with a journal on the disk: who may write it, and what makes a write safe.</summary>
internal static class JournalFile
{
    public const string Name = "journal.acj";
    private const string LockName = "journal.lock";

    public static string PathOf(string folder) => Path.Combine(folder, Name);

    public static Stream OpenToRead(string folder)
    {
        try
        {
            return new FileStream(PathOf(folder), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new JournalException(JournalFault.Missing, $"{folder}: there is no journal in it ({Name}).", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalFault.Storage, $"{PathOf(folder)}: {e.Message}", e);
        }
    }

    /// <summary>Whoever writes the journal holds this file, which stays; the system lets go of it also when that one is killed.</summary>
    /// <exception cref="JournalException">Another process holds it.</exception>
    public static FileStream Lock(string folder)
    {
        var path = Path.Combine(folder, LockName);
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new JournalException(JournalFault.InUse, $"{folder}: its journal is in use by another process; wait for its end, or stop it.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalFault.Storage, $"{path}: {e.Message}", e);
        }
    }

    public static bool IsLocked(string folder)
    {
        var path = Path.Combine(folder, LockName);
        if (!File.Exists(path)) return false;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is not (FileNotFoundException or UnauthorizedAccessException);
        }
    }

    /// <summary>Makes the file with its first record under another name and moves it: a journal has its header whole, or is not there.</summary>
    public static void Create(string folder, ReadOnlySpan<byte> head, ReadOnlySpan<byte> record)
    {
        var draft = PathOf(folder) + ".new";
        using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(head);
            stream.Write(record);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, PathOf(folder));
        SyncFolder(folder);
    }

    /// <summary>Opens to write on from an offset; what is behind it is dropped.</summary>
    public static IJournalSink Append(string folder, long end, IDisposable held) => new Sink(folder, end, held);

    /// <summary>On Unix a new name survives the end of the machine only when its folder was synced. Windows writes names through by itself.</summary>
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) return;
        // Some file systems refuse this; the file itself is safe then by its own sync, as far as they can.
        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);

    private sealed class Sink : IJournalSink
    {
        private readonly FileStream _stream;
        private readonly IDisposable _held;

        public Sink(string folder, long end, IDisposable held)
        {
            _stream = new(PathOf(folder), FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
            _held = held;
            if (_stream.Length > end) _stream.SetLength(end);
            _stream.Position = end;
        }

        public void Write(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

        public void Sync() => _stream.Flush(flushToDisk: true);

        public void Dispose()
        {
            _stream.Dispose();
            _held.Dispose();
        }
    }
}
