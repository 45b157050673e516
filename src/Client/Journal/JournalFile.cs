using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Client.Journal;

/// <summary>A folder with a journal on the disk: who may write it, and what makes a write safe.</summary>
internal static class JournalFile
{
    public const string Name = "journal.acj";

    // Whoever looks whether a journal is in use holds it for a moment.
    private const int Attempts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    public static string PathOf(string folder) => Path.Combine(folder, Name);

    /// <exception cref="JournalException">There is none, or it may not be read.</exception>
    public static Stream OpenToRead(string folder)
    {
        CheckName(folder);
        CheckType(folder);
        try
        {
            return OperatingSystem.IsWindows() ? new FileStream(PathOf(folder), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0) : UnlockedFile.OpenToRead(PathOf(folder));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new JournalException(JournalFault.Missing, $"{folder}: {(File.Exists(folder) ? "is a file, not the folder of a journal." : $"there is no journal in it ({Name}).")}", e);
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw new JournalException(JournalFault.Storage, $"{PathOf(folder)}: {e.Message}", e);
        }
    }

    /// <summary>Opens a journal to be written by this process alone; the system lets go of it also when that is killed.</summary>
    /// <exception cref="JournalException">Another process holds it, or it may not be written.</exception>
    public static FileStream Lock(string folder)
    {
        CheckType(folder);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var held = Open(PathOf(folder));
                // Another file may have taken its name in between.
                if (IsAt(held, folder)) return held;
                held.Dispose();
                if (attempt == Attempts) throw new JournalException(JournalFault.Storage, $"{PathOf(folder)}: is replaced again and again by something else.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (attempt < Attempts && IsLocked(folder) && SpinWait.SpinUntil(() => !IsLocked(folder), Patience)) continue;
                throw IsLocked(folder)
                    ? new JournalException(JournalFault.InUse, $"{folder}: its journal is in use by another process; wait for its end, or stop it.", e)
                    : new JournalException(JournalFault.Storage, $"{PathOf(folder)}: {e.Message}", e);
            }
        }
    }

    /// <summary>Whether a process writes the journal.</summary>
    public static bool IsLocked(string folder)
    {
        try
        {
            // On Unix shared with everyone but a writer; there it says in words that it is in use.
            using var file = new FileStream(PathOf(folder), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e is not (FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException);
        }
    }

    /// <summary>
    /// Makes the file with its first record under another name and moves it: a journal has its header whole, or is not there.
    /// </summary>
    /// <returns>The journal, as <see cref="Lock"/> gives it.</returns>
    /// <exception cref="IOException">There is one already, or the disk is full.</exception>
    public static FileStream Create(string folder, ReadOnlySpan<byte> head, ReadOnlySpan<byte> record)
    {
        var draft = $"{PathOf(folder)}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.new";
        var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.ReadWrite, Sharing, bufferSize: 0);
        try
        {
            stream.Write(head);
            stream.Write(record);
            stream.Flush(flushToDisk: true);
            // There an open file cannot be moved.
            if (OperatingSystem.IsWindows()) stream.Dispose();
            File.Move(draft, PathOf(folder));
        }
        catch
        {
            stream.Dispose();
            File.Delete(draft);
            throw;
        }

        DurableFolder.Sync(folder);
        return OperatingSystem.IsWindows() ? Lock(folder) : stream;
    }

    /// <summary>Writes on from an offset; what is behind it is dropped.</summary>
    /// <param name="folder">The journal's.</param>
    /// <param name="end">Where.</param>
    /// <param name="held">As <see cref="Lock"/> gave it; closed with the sink.</param>
    public static IJournalSink Append(string folder, long end, FileStream held) => new JournalSink(folder, end, held);

    /// <summary>Whether the name in the folder is still that of the open file.</summary>
    public static bool IsAt(FileStream open, string folder) =>
        FileStatus.Of(open.SafeFileHandle) is not { Identity: { } mine } || FileStatus.Of(PathOf(folder)).Identity == mine;

    // Before it is opened: a pipe would wait for its other end.
    private static void CheckType(string folder)
    {
        if (FileStatus.Of(PathOf(folder)).Type is not (FileType.Regular or FileType.Missing)) throw new JournalException(JournalFault.BadFolder, $"{PathOf(folder)}: is not a file, so no journal.");
    }

    /// <exception cref="JournalException">No folder has such a name.</exception>
    public static void CheckName(string folder)
    {
        if (folder.Length == 0) throw new JournalException(JournalFault.BadFolder, "the name of the journal's folder is empty; name a folder.");
    }

    // On Unix the system knows a lock of one, or of many; on Windows what others may do.
    private static FileShare Sharing => OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, Sharing, bufferSize: 0);

    /// <summary>A file stream of .NET takes part in the locks of Unix even when it only reads, and would be kept out by the writer.</summary>
    private static class UnlockedFile
    {
        private const int NoEntry = 2; // ENOENT
        private const int NotAFolder = 20; // ENOTDIR

        // O_RDONLY | O_CLOEXEC, so that workers do not inherit it.
        private static int Flags => OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x1000000 : 0;

        public static FileStream OpenToRead(string path)
        {
            var descriptor = Open(path, Flags);
            if (descriptor >= 0) return new(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
            var error = Marshal.GetLastPInvokeError();
            var message = Marshal.GetPInvokeErrorMessage(error) + ".";
            throw error is NoEntry or NotAFolder ? new FileNotFoundException(message, path) : new IOException(message);
        }

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
    }
}
