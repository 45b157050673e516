using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Hosting;

/// <summary>
/// Standard input and output of a process that another one drives: lines of UTF-8. The console's own reader and writer
/// look at the terminal first, which a child does not have and a cluster would wait for.
/// </summary>
public static class StandardStreams
{
    private const nint InputDescriptor = 0;
    private const nint OutputDescriptor = 1;

    private static readonly Lazy<StreamReader> Reader = new(() => new(Open(InputDescriptor, FileAccess.Read)));

    /// <summary>Standard input. One for the whole process, as it reads ahead; whoever uses it leaves <see cref="Console.In"/> alone.</summary>
    public static TextReader Input => Reader.Value;

    /// <summary>
    /// Standard input, which from now on is nobody's but the caller's: the process itself, and what it starts, find it empty. To be
    /// called before anything has read it, and before code of others runs.
    /// </summary>
    public static TextReader TakeInput() => new StreamReader(new FileStream(StandardInputMove.Run(), FileAccess.Read, bufferSize: 0));

    /// <summary>Writes a line to standard output, in one piece.</summary>
    public static void WriteLine(string line)
    {
        using var output = Open(OutputDescriptor, FileAccess.Write);
        output.Write(Encoding.UTF8.GetBytes(line + Environment.NewLine));
    }

    private static Stream Open(nint descriptor, FileAccess access) => OperatingSystem.IsWindows()
        ? access == FileAccess.Read ? Console.OpenStandardInput() : Console.OpenStandardOutput()
        : new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);
}
