using System.Runtime.InteropServices;

namespace ActorCompute;

/// <summary>On Unix a new name survives the end of the machine only when its folder was synced. Windows writes names through by itself.</summary>
internal static class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>Returns when the names in a folder are on the disk, as far as its file system can.</summary>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0) return;
        // Some file systems refuse this; the file itself is safe then by its own sync, as far as they can.
        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    /// <summary>Makes a folder, and those above it that are missing, and syncs each of their names.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static void Create(string folder)
    {
        var made = new List<string>();
        for (var at = Path.GetFullPath(folder); !Directory.Exists(at) && Path.GetDirectoryName(at) is { } above; at = above) made.Add(above);
        Directory.CreateDirectory(folder);
        foreach (var above in made) Sync(above);
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
}
