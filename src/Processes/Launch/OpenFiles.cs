using System.Globalization;
using System.Runtime.InteropServices;

namespace ActorCompute.Processes;

/// <summary>
/// How many files a process may have open at a time. With too few the runtime cannot even load its own libraries, and fails in a
/// different place each time: so it is looked at first.
/// </summary>
public static class OpenFiles
{
    // The runtime keeps each library that it has loaded open, more than a hundred with Akka.NET; the rest is for data.
    private const int Base = 200;

    // Three pipes and two connections for each worker process, and some to spare.
    private const int ForWorker = 8;

    /// <summary>Why this process cannot do its part in a cluster, and what to do; null when it can.</summary>
    /// <param name="workers">Worker processes that it starts.</param>
    public static string? Shortage(int workers = 0) => Shortage(workers, Limit());

    internal static string? Shortage(int workers, ulong? limit)
    {
        var needed = (ulong)(Base + (ForWorker * workers));
        if (limit is not { } most || most >= needed) return null;
        var what = workers == 0 ? "a program of a cluster" : string.Create(CultureInfo.InvariantCulture, $"a cluster of {workers} workers");
        return string.Create(CultureInfo.InvariantCulture, $"{most} files may be open at a time, and {what} needs {needed}; raise the limit ('ulimit -n {Math.Max(1024, needed)}' in the shell) and try again.");
    }

    // The runtime raises the limit to what it may at its start, so the present one is the last word.
    private static ulong? Limit()
    {
        // Windows has none that matters; RLIMIT_NOFILE has another number on each other system.
        int? resource = OperatingSystem.IsLinux() ? 7 : OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 8 : null;
        return resource is { } number && GetLimit(number, out var limit) == 0 ? limit.Current : null;
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetLimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Current;
        public ulong Most;
    }
}
