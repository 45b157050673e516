using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Cli.Output;

/// <summary>Standard output as a file.</summary>
internal static class StandardOutputStream
{
    // EPIPE on Linux, macOS and the BSDs; ERROR_BROKEN_PIPE and ERROR_NO_DATA on Windows.
    private const int BrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsNoData = unchecked((int)0x800700E8);

    /// <summary>Whether writing failed because nobody reads any more. Anything else, a full disk say, has lost a part of the answer.</summary>
    public static bool IsReaderGone(IOException e) => OperatingSystem.IsWindows() ? e.HResult is WindowsBrokenPipe or WindowsNoData : e.HResult == BrokenPipe;

    /// <summary>Whether standard output was a terminal when this was asked for first, which must be before it can be closed, and is none now.</summary>
    public static bool IsTerminalGone => !Console.IsOutputRedirected && !OperatingSystem.IsWindows() && IsTerminal(1) == 0;

    [DllImport("libc", EntryPoint = "isatty")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int IsTerminal(int descriptor);

    /// <summary>
    /// Console's own stream hides that the reader is gone, and <c>primes list … | head</c> would compute on for
    /// nobody; a file stream says so with an <see cref="IOException"/>.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return WindowsPipeStream.OpenStandardOutput() ?? Console.OpenStandardOutput();
        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A regular file has no reader to lose, and a file stream would keep a position of its own there, beside the one
        // that other processes writing to the same file share.
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
