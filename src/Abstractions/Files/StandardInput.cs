using System.Runtime.InteropServices;
using System.Text;

namespace ActorCompute;

/// <summary>Standard input as a file of inputs.</summary>
internal static class StandardInput
{
    private const int GetFlags = 1; // F_GETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    // One for the whole process, as it reads ahead.
    private static readonly Lazy<TextReader> Redirected = new(() => new StreamReader(Console.OpenStandardInput(), Encoding.UTF8));

    /// <summary>Whether a path is a name of it.</summary>
    public static bool Is(string path) => path is "-" || (!OperatingSystem.IsWindows() && path is "/dev/stdin" or "/dev/fd/0" or "/proc/self/fd/0");

    /// <summary>Opens it to be read: what comes from a file or a pipe as UTF-8, as a file of that content would be; what is typed, as the terminal has it.</summary>
    /// <exception cref="InputException">It was closed when this process was started.</exception>
    public static TextReader Open()
    {
        CheckOpen();
        return Console.IsInputRedirected ? Redirected.Value : Console.In;
    }

    /// <summary>Before anything is started that would read it.</summary>
    /// <exception cref="InputException">It was closed when this process was started.</exception>
    public static void CheckOpen()
    {
        if (IsClosed()) throw new InputException("standard input is closed, so nothing can be read from it; redirect it from a file or a pipe.");
    }

    // What stands at descriptor 0 then is something that this process opened later, and reading it would wait for ever. The
    // two can be told apart: what was inherited lacks the mark by which descriptors are closed for a new program.
    private static bool IsClosed()
    {
        if (OperatingSystem.IsWindows()) return false;
        var flags = Control(0, GetFlags);
        return flags < 0 || (flags & CloseOnExec) != 0;
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command);
}
