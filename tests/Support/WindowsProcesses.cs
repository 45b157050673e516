using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Support;

/// <summary>Who started whom on Windows.</summary>
internal static class WindowsProcesses
{
    /// <summary>The living processes that a process has started, and these in turn, itself included.</summary>
    /// <param name="root">The first.</param>
    /// <param name="since">When that was started; older ones with its number as their parent's were another's.</param>
    public static IReadOnlyList<int> DescendantsOf(int root, DateTime since)
    {
        var all = new List<(int Id, int Parent, DateTime StartedAt)>();
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                if (Describe(process) is { } described && described.StartedAt >= since) all.Add(described);
            }
        }

        var family = new Dictionary<int, DateTime> { [root] = since };
        foreach (var (id, parent, startedAt) in all.OrderBy(process => process.StartedAt))
        {
            if (id == root || (family.TryGetValue(parent, out var parentStartedAt) && startedAt >= parentStartedAt)) family[id] = startedAt;
        }

        return [.. all.Select(process => process.Id).Where(family.ContainsKey)];
    }

    private static (int Id, int Parent, DateTime StartedAt)? Describe(Process process)
    {
        try
        {
            if (process.HasExited || QueryInformation(process.SafeHandle, 0, out var basic, Marshal.SizeOf<BasicInformation>(), out _) != 0) return null;
            return (process.Id, (int)basic.ParentId, process.StartTime);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or NotSupportedException)
        {
            // The system's own, or one that has just ended.
            return null;
        }
    }

    [DllImport("ntdll", EntryPoint = "NtQueryInformationProcess")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int QueryInformation(SafeProcessHandle process, int kind, out BasicInformation basic, int size, out int written);

    /// <summary><c>PROCESS_BASIC_INFORMATION</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BasicInformation
    {
        private readonly nint _exitStatus;
        private readonly nint _environmentBlock;
        private readonly nint _affinity;
        private readonly nint _priority;
        private readonly nint _id;

        public readonly nint ParentId;
    }
}
