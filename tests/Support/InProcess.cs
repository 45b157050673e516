namespace ActorCompute.Support;

/// <summary>Runs a program's command line within this process, for what needs no other. One at a time: standard error is the process's.</summary>
internal static class InProcess
{
    /// <param name="commandLine">For messages: the program and its arguments.</param>
    /// <param name="run">Runs it, with what it writes to standard output by its invocation; gives the exit status.</param>
    public static async Task<ProgramResult> RunAsync(string commandLine, Func<TextWriter, Task<int>> run)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var before = Console.Error;
        Console.SetError(error);
        try
        {
            return new(commandLine, await run(output), Lines(output), Lines(error));
        }
        finally
        {
            Console.SetError(before);
        }
    }

    private static string[] Lines(StringWriter text)
    {
        var lines = text.ToString().ReplaceLineEndings("\n").Split('\n');
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}
