using System.ComponentModel;
using System.Runtime.Versioning;
using ActorCompute.Kinds.Programs;

namespace ActorCompute.Worker.Commands;

/// <summary>Runs programs on Linux and macOS.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixCommandRunner : ICommandRunner
{
    private const int NoEntry = 2;
    private const int NoAccess = 13;
    private const int NoFormat = 8;
    private const int TooLong = 7;

    // Before the node replaces this process for a task that does not end: the rest of the time is for what is left to do then.
    private const double ShareOfGrace = 0.75;

    private readonly CommandGroups _groups = new();
    private readonly Lazy<IReadOnlyList<string>> _environment = new(() => [.. CommandEnvironment.Read().Select(variable => $"{variable.Key}={variable.Value}")]);

    public CommandResult Run(CommandLaunch launch, in TaskContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        var grace = context.Grace * ShareOfGrace;
        using var output = new UnixPipe();
        using var error = new UnixPipe();
        using var wake = new UnixPipe();
        var (place, mark) = _groups.Begin(grace);
        try
        {
            var startedAt = TimeProvider.System.GetUtcNow();
            var leader = Start(launch, mark, output, error);
            _groups.Started(place, leader);
            output.CloseWriter();
            error.CloseWriter();
            using var command = new UnixCommand(leader, grace, output, error, wake, launch.MaxOutput);
            using var registration = context.Cancellation.Register(wake.Wake);
            return command.Run(startedAt) ?? throw new OperationCanceledException(context.Cancellation);
        }
        finally
        {
            _groups.End(place);
        }
    }

    private int Start(CommandLaunch launch, string mark, UnixPipe output, UnixPipe error)
    {
        // The values are the shell's $1, $2, …; its name stands for $0.
        IReadOnlyList<string> words = launch.ShellText is { } text ? [launch.Name, "-c", text, "sh", .. launch.Words] : launch.Words;
        try
        {
            return UnixSpawn.Start(words, [.. _environment.Value, $"{GroupTable.Variable}={mark}"], launch.Folder, (null, output.Writer, error.Writer));
        }
        catch (Win32Exception e)
        {
            throw Explain(launch, e);
        }
    }

    private static Exception Explain(CommandLaunch launch, Win32Exception e)
    {
        if (launch.Folder is { } folder && !Directory.Exists(folder)) return new InputException($"the folder {folder} is not on this worker; --folder names one that is.", e);
        return e.NativeErrorCode switch
        {
            NoEntry => new InputException($"the program '{launch.Name}' is not on this worker; install it there, or give its path. (A script is not found either if the interpreter in its first line is not there.)", e),
            NoAccess => new InputException($"the program '{launch.Name}' may not be run on this worker: {e.Message}", e),
            NoFormat => new InputException($"the program '{launch.Name}' is none that this worker's system runs: {e.Message}; a script needs its interpreter in its first line.", e),
            TooLong => new InputException($"the arguments of '{launch.Name}' are longer than the system takes; put them into a file.", e),
            // No memory or no process left, say: another time it may go.
            _ => new IOException($"the program '{launch.Name}' cannot be started: {e.Message}", e),
        };
    }
}
