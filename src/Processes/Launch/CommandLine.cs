using System.CommandLine;

namespace ActorCompute.Processes;

/// <summary>Runs a program's command line: what a person did wrong becomes one line on standard error and an exit status; a bug stays an exception.</summary>
public static class CommandLine
{
    /// <param name="args">What was typed.</param>
    /// <param name="root">The command.</param>
    /// <param name="statusOf">The exit status of further errors whose message is for the person; null for a bug.</param>
    /// <param name="output">For help and lists; null for standard output.</param>
    public static async Task<int> RunAsync(string[] args, Command root, Func<Exception, int?>? statusOf = null, TextWriter? output = null)
    {
        // No response files: an argument that begins with @ is that argument.
        var parsed = root.Parse(args, new() { ResponseFileTokenReplacer = null });
        if (CommandLineMistake.Find(parsed) is { } mistake) return Fail(mistake, ExitCodes.BadInput);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        if (output is not null) configuration.Output = output;
        return await GuardAsync(() => parsed.InvokeAsync(configuration), statusOf).ConfigureAwait(false);
    }

    /// <summary>Runs a program's work; what a person did wrong becomes that line and status.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> work, Func<Exception, int?>? statusOf = null)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (InputException e)
        {
            return Fail(e.Message, ExitCodes.BadInput);
        }
        catch (ProgramMissingException e)
        {
            return Fail(e.Message, ExitCodes.NoCluster);
        }
        catch (Exception e) when (statusOf?.Invoke(e) is { } status)
        {
            return Fail(e.Message, status);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Of the streams that everything here writes to: a disk is full, or a descriptor is closed.
            return Fail(e.Message, ExitCodes.SomeFailed);
        }
    }

    /// <summary>Says what is wrong.</summary>
    public static int Fail(string message, int exitCode)
    {
        Console.Error.WriteLine($"error: {ShownText.Line(message)}");
        return exitCode;
    }
}
