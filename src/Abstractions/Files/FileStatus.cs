using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute;

/// <summary>What stands under a path, links followed, and which file it is whatever its names are.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Identity">Device and number on it, where the system has them: two paths with the same lead to one file.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct FileStatus(FileType Type, (long Device, long Number)? Identity, long Length)
{
    // The runtime's own view of stat(2), the same on every Unix (pal_io.h, FileStatus): flags (4), mode (4), uid (4), gid (4),
    // size (8), four times of 16 bytes, device (8), device of a special file (8), inode (8), user flags (4).
    private const int Size = 256;
    private const int ModeAt = 4;
    private const int LengthAt = 16;
    private const int DeviceAt = 88;
    private const int NumberAt = 104;
    private const int TypeMask = 0xF000;

    /// <summary>Whether it gives its bytes once, in order: a second look waits for ever, or finds nothing.</summary>
    public bool IsReadOnce => Type is FileType.Pipe or FileType.Socket or FileType.CharacterDevice;

    /// <summary>Looks without opening: a pipe's other end does not notice.</summary>
    public static FileStatus Of(string path)
    {
        if (OperatingSystem.IsWindows()) return Plain(path);
        try
        {
            var status = new byte[Size];
            return Stat(path, status) == 0 ? Read(status) : default;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return Plain(path);
        }
    }

    /// <summary>Looks at an open file; null where the system does not tell.</summary>
    public static FileStatus? Of(SafeFileHandle handle)
    {
        if (OperatingSystem.IsWindows()) return null;
        try
        {
            var status = new byte[Size];
            return StatOfHandle(handle, status) == 0 ? Read(status) : null;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    private static FileStatus Read(byte[] status) => new(
        (BitConverter.ToInt32(status, ModeAt) & TypeMask) switch
        {
            0x1000 => FileType.Pipe,
            0x2000 => FileType.CharacterDevice,
            0x4000 => FileType.Folder,
            0x6000 => FileType.BlockDevice,
            0x8000 => FileType.Regular,
            0xC000 => FileType.Socket,
            _ => FileType.Other,
        },
        (BitConverter.ToInt64(status, DeviceAt), BitConverter.ToInt64(status, NumberAt)),
        BitConverter.ToInt64(status, LengthAt));

    private static FileStatus Plain(string path)
    {
        if (Directory.Exists(path)) return new(FileType.Folder, null, 0);
        var file = new FileInfo(path);
        return file.Exists ? new(FileType.Regular, null, file.Length) : default;
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] status);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_FStat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int StatOfHandle(SafeFileHandle handle, [Out] byte[] status);
}

/// <summary>What a path leads to.</summary>
internal enum FileType
{
    /// <summary>Nothing, or a link to nowhere.</summary>
    Missing,

    /// <summary>A file.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe, with a name (FIFO) or without.</summary>
    Pipe,

    /// <summary>A terminal, /dev/null.</summary>
    CharacterDevice,

    /// <summary>A disk.</summary>
    BlockDevice,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>Something else.</summary>
    Other,
}
