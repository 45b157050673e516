using System.Text;

namespace ActorCompute.Hosting;

/// <summary>
/// Standard input and output of a process that another one drives: lines of UTF-8. The console's own reader and writer
/// look at the terminal first, which a child does not have and a cluster would wait for.
/// </summary>
public static class StandardStreams
{
    private static readonly Lazy<StreamReader> Reader = new(() => new(Console.OpenStandardInput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));

    /// <summary>Standard input. One for the whole process, as it reads ahead; whoever uses it leaves <see cref="Console.In"/> alone.</summary>
    public static TextReader Input => Reader.Value;

    /// <summary>Writes a line to standard output, in one piece.</summary>
    public static void WriteLine(string line)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(line + Environment.NewLine));
    }
}
