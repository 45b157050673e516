using System.Globalization;
using ActorCompute.Kinds.Programs;

namespace ActorCompute;

/// <summary>
/// A program to call as a function: <c>cluster.Map(Commands.Run("wc", "-c", "{}").Invoke, files)</c>. Workers run it only if they were
/// started with <c>--allow-commands</c>; those of a local cluster with a secret of its own do.
/// </summary>
public sealed record CommandCall
{
    internal CommandCall(IReadOnlyList<string> words) => Words = words;

    /// <summary>The program and its arguments, with placeholders for the input as GNU parallel has them; without any the input is the last argument.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The words are one command for the system's shell, where placeholders stand outside of quotes. Default: false.</summary>
    public bool IsShell { get; init; }

    /// <summary>The folder on the worker to run in. Default: the worker's own, which for a local cluster is the program's.</summary>
    public string? Folder { get; init; }

    /// <summary>Bytes of standard output, and of standard error, that are kept: 0 to 2,093,056. Default: 1 MiB.</summary>
    public int MaxOutput { get; init; } = CommandSettings.DefaultMaxOutput;

    /// <summary>An exit status other than 0 is a result like any other. Default: false, the call fails, and <see cref="CommandResult.Of"/> has the result.</summary>
    public bool AnyStatus { get; init; }

    /// <summary>The call as a function, for <c>Map</c> and <c>Submit</c>.</summary>
    public Func<string, CommandResult> Invoke => Bound().Invoke;

    internal ComputeFunction<string, CommandResult> Bound()
    {
        var parameters = Words.Select(word => (CommandSettings.Word, word)).ToList();
        if (IsShell) parameters.Add((CommandSettings.Shell, "true"));
        if (Folder is not null) parameters.Add((CommandSettings.FolderName, Folder));
        parameters.Add((CommandSettings.MaxOutputName, MaxOutput.ToString(CultureInfo.InvariantCulture)));
        if (AnyStatus) parameters.Add((CommandSettings.AnyStatusName, "true"));
        return new CommandFunction().With([.. parameters]);
    }
}
