using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Cli.Output;

/// <summary>Standard output as a file.</summary>
internal static class StandardOutputStream
{
    /// <summary>
    /// Console's own stream hides on Unix that the reader is gone, and <c>primes list … | head</c> would compute on for
    /// nobody; a file stream says so with an <see cref="IOException"/>.
    /// </summary>
    public static Stream Open()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // A regular file has no reader to lose, and a file stream would keep a position of its own there, beside the one
        // that other processes writing to the same file share.
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
