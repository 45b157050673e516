using System.Runtime.InteropServices;

namespace ActorCompute.Support;

/// <summary>Sends POSIX signals.</summary>
internal static class Signal
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    // Stop and continue have other numbers on macOS and the BSDs than on Linux.
    public static int Stop => OperatingSystem.IsLinux() ? 19 : 17;

    public static int Continue => OperatingSystem.IsLinux() ? 18 : 19;

    /// <exception cref="InvalidOperationException">There is no such process.</exception>
    public static void Send(int process, int signal)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("signals are sent on Unix only; mark the test [UnixFact].");
        if (SendSignal(process, signal) != 0) throw new InvalidOperationException($"signal {signal} could not be sent to process {process}: error {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
