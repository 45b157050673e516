using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorCompute.Worker.Node;

/// <summary>
/// The memory that this process takes. On Linux what is resident. Windows trims and macOS compresses what is resident, so that
/// what leaks would stay below any limit: there it is what the process has for itself, wherever that lies.
/// </summary>
internal static class ProcessMemory
{
    /// <summary>Bytes, now.</summary>
    public static long Taken() =>
        OperatingSystem.IsWindows() ? PrivateBytes()
        : OperatingSystem.IsMacOS() ? PhysicalFootprint() ?? Environment.WorkingSet
        : Environment.WorkingSet;

    private static long PrivateBytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.PrivateMemorySize64;
    }

    // What Activity Monitor calls memory, and what the system judges by.
    private static long? PhysicalFootprint()
    {
        const int version0 = 0;
        return GetResourceUse(Environment.ProcessId, version0, out var use) == 0 ? (long)use.PhysicalFootprint : null;
    }

    [DllImport("libproc", EntryPoint = "proc_pid_rusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetResourceUse(int process, int version, out ResourceUse use);

    /// <summary><c>struct rusage_info_v0</c> of macOS' <c>sys/resource.h</c>: an id of 16 bytes, then words of 64 bits.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 96)]
    private struct ResourceUse
    {
        /// <summary>Behind the id, two times, two counts of wake-ups, page-ins, wired and resident bytes.</summary>
        [FieldOffset(72)]
        public ulong PhysicalFootprint;
    }
}
