using System.CommandLine;

namespace ActorCompute.Processes;

/// <summary>Runs a program's command line: what a person did wrong becomes one line on standard error and an exit status; a bug stays an exception.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Command root)
    {
        // No response files: an argument that begins with @ is that argument.
        var parsed = root.Parse(args, new() { ResponseFileTokenReplacer = null });
        if (CommandLineMistake.Find(parsed) is { } mistake) return Fail(mistake, ExitCodes.BadInput);
        return await GuardAsync(() => parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null })).ConfigureAwait(false);
    }

    /// <summary>Runs a program's work; what a person did wrong becomes that line and status.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> work)
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
