using System.Globalization;

namespace ActorCompute.Processes;

/// <summary>What an exit status says, for people. Pure.</summary>
internal static class ExitText
{
    // A shell's and .NET's way to report a signal: 128 and its number. There are no more than 64.
    private const int SignalBase = 128;
    private const int LastSignal = 64;

    /// <param name="exitCode">As the system reports it.</param>
    /// <param name="isWindows">Windows has no signals; what ends a process there is a status code, negative as a number.</param>
    public static string Of(int exitCode, bool isWindows) =>
        isWindows ? OfWindows(exitCode)
        : exitCode is > SignalBase and <= SignalBase + LastSignal ? $"ended by signal {Number(exitCode - SignalBase)}{InBrackets(SignalName(exitCode - SignalBase))}"
        : $"exited with status {Number(exitCode)}";

    private static string OfWindows(int exitCode)
    {
        if (exitCode >= 0) return $"exited with status {Number(exitCode)}";
        var code = unchecked((uint)exitCode);
        return $"exited with status 0x{code.ToString("X8", CultureInfo.InvariantCulture)}{InBrackets(StatusName(code))}";
    }

    // Those with the same number on Linux, macOS and the BSDs.
    private static string? SignalName(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        _ => null,
    };

    private static string? StatusName(uint code) => code switch
    {
        0xC0000005 => "access violation",
        0xC0000017 => "out of memory",
        0xC000001D => "illegal instruction",
        0xC00000FD => "stack overflow",
        0xC0000135 => "a DLL was not found",
        0xC000013A => "Ctrl-C",
        0xC0000142 => "a DLL failed to start",
        0xC0000374 => "heap corruption",
        0xC0000409 => "fail fast",
        0x80131506 => "fatal error of the runtime",
        0x80131623 => "fail fast of .NET",
        0xE0434352 => "unhandled exception of .NET",
        _ => null,
    };

    private static string InBrackets(string? name) => name is null ? "" : $" ({name})";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
