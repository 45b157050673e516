using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Worker.Commands;

/// <summary>A job object of Windows: processes with all that they start, which end when its handle is closed.</summary>
[SupportedOSPlatform("windows")]
internal sealed class JobObject : IDisposable
{
    private const int ExtendedLimits = 9;
    private const uint KillOnClose = 0x2000;
    private const uint EndedByUs = 1;

    private readonly SafeFileHandle _handle;

    public JobObject()
    {
        _handle = new(Create(0, null), ownsHandle: true);
        if (_handle.IsInvalid) throw new Win32Exception();
        var limits = new Limits { Flags = KillOnClose };
        if (!Set(_handle, ExtendedLimits, ref limits, Marshal.SizeOf<Limits>())) throw new Win32Exception();
    }

    public void Add(SafeProcessHandle process)
    {
        if (!Assign(_handle, process)) throw new Win32Exception();
    }

    public void End() => Terminate(_handle, EndedByUs);

    public void Dispose() => _handle.Dispose();

    [DllImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true, CharSet = CharSet.Unicode)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint Create(nint security, string? name);

    [DllImport("kernel32", EntryPoint = "SetInformationJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Set(SafeFileHandle job, int what, ref Limits limits, int size);

    [DllImport("kernel32", EntryPoint = "AssignProcessToJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Assign(SafeFileHandle job, SafeProcessHandle process);

    [DllImport("kernel32", EntryPoint = "TerminateJobObject", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool Terminate(SafeFileHandle job, uint exitCode);

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION: all but the flags stays 0.
    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public long ProcessTime;
        public long JobTime;
        public uint Flags;
        public nuint MinWorkingSet;
        public nuint MaxWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint Priority;
        public uint Scheduling;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WriteBytes;
        public ulong OtherBytes;
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}
