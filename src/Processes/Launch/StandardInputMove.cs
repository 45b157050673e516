using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Processes;

/// <summary>
/// Moves standard input out of the way of code that is not ours: whoever reads it then, or starts a child that does, finds it at its
/// end instead of taking the parent's words, and no child inherits the pipe.
/// </summary>
internal static class StandardInputMove
{
    private const int StandardInput = 0;

    /// <summary>Puts the null device in the place of standard input.</summary>
    /// <returns>What standard input was.</returns>
    /// <exception cref="IOException">The system does not let it happen.</exception>
    public static SafeFileHandle Run() => OperatingSystem.IsWindows() ? MoveOnWindows() : MoveOnUnix();

    private static SafeFileHandle MoveOnUnix()
    {
        const int DuplicateCloseOnExecLinux = 1030;
        const int DuplicateCloseOnExecBsd = 67;
        const int FirstFree = 3;
        var moved = OperatingSystem.IsLinux() ? Fcntl(StandardInput, DuplicateCloseOnExecLinux, FirstFree)
            // Arguments beyond the named ones travel on the stack there: eight registers are filled first.
            : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? FcntlOnAppleArm(StandardInput, DuplicateCloseOnExecBsd, 0, 0, 0, 0, 0, 0, FirstFree)
            : Fcntl(StandardInput, DuplicateCloseOnExecBsd, FirstFree);
        if (moved < 0) throw Failed();
        using var nothing = File.OpenHandle("/dev/null");
        if (Dup2((int)nothing.DangerousGetHandle(), StandardInput) < 0) throw Failed();
        return new(moved, ownsHandle: true);

        static IOException Failed() => new($"standard input cannot be moved: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static SafeFileHandle MoveOnWindows()
    {
        const int StandardInputHandle = -10;
        const uint Inherit = 1;
        var input = GetStdHandle(StandardInputHandle);
        var nothing = File.OpenHandle("NUL");
        SetHandleInformation(input, Inherit, 0);
        SetHandleInformation(nothing.DangerousGetHandle(), Inherit, Inherit);
        if (!SetStdHandle(StandardInputHandle, nothing.DangerousGetHandle())) throw new IOException($"standard input cannot be moved: {Marshal.GetLastPInvokeErrorMessage()}");
        // It is standard input from here on.
        nothing.SetHandleAsInvalid();
        return new(input, ownsHandle: false);
    }

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fcntl(int descriptor, int command, nint argument);

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FcntlOnAppleArm(int descriptor, int command, nint third, nint fourth, nint fifth, nint sixth, nint seventh, nint eighth, nint argument);

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Dup2(int from, int to);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint GetStdHandle(int which);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetStdHandle(int which, nint handle);

    [DllImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetHandleInformation(nint handle, uint mask, uint flags);
}
