using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ActorCompute.Processes;

/// <summary>
/// Standard input and output of a process that another one drives: lines of UTF-8. The console's own reader and writer
/// look at the terminal first, which a child does not have and a cluster would wait for.
/// </summary>
public static class StandardStreams
{
    private const nint InputDescriptor = 0;
    private const nint OutputDescriptor = 1;

    /// <summary>What processes of a cluster write and read, whatever the locale says.</summary>
    public static Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private static readonly Lazy<StreamReader> Reader = new(() => new(Open(InputDescriptor, FileAccess.Read), Encoding));

    /// <summary>Standard input. One for the whole process, as it reads ahead; whoever uses it leaves <see cref="Console.In"/> alone.</summary>
    public static TextReader Input => Reader.Value;

    /// <summary>
    /// Standard input, which from now on is nobody's but the caller's: the process itself, and what it starts, find it empty. To be
    /// called before anything has read it, and before code of others runs.
    /// </summary>
    public static TextReader TakeInput() => new StreamReader(new FileStream(StandardInputMove.Run(), FileAccess.Read, bufferSize: 0), Encoding);

    /// <summary>Writes a line to standard output, in one piece.</summary>
    public static void WriteLine(string line)
    {
        using var file = Open(OutputDescriptor, FileAccess.Write);
        // In a regular file a file stream keeps a position of its own: what standard error writes to the same file would go over it.
        using var output = file.CanSeek ? Console.OpenStandardOutput() : file;
        output.Write(Encoding.GetBytes(line + Environment.NewLine));
    }

    /// <summary>Has <see cref="Console.Error"/> write UTF-8 too: a parent reads it, and not a terminal.</summary>
    public static void WriteErrorsAsLines() => ForgivingWriter.Install(Encoding);

    private static Stream Open(nint descriptor, FileAccess access) => OperatingSystem.IsWindows()
        ? access == FileAccess.Read ? Console.OpenStandardInput() : Console.OpenStandardOutput()
        : new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), access, bufferSize: 0);
}
