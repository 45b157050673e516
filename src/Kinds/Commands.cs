using ActorCompute.Kinds;
using ActorCompute.Kinds.Programs;

namespace ActorCompute;

/// <summary>Any program as a function: <c>cluster.Map(Commands.Run("samtools", "view", "-c", "{}").Invoke, files)</c>.</summary>
public static class Commands
{
    /// <summary>A program, started as it is, without a shell.</summary>
    /// <param name="program">Its name, looked for in the worker's PATH, or its path.</param>
    /// <param name="arguments">
    /// Its arguments. <c>{}</c> is the input, <c>{.}</c> the input without extension, <c>{/}</c> its file name, <c>{//}</c> its folder,
    /// <c>{/.}</c> its file name without extension, <c>{#}</c> the call's number from 1. Without any of them the input is the last argument.
    /// </param>
    /// <exception cref="InputException">It cannot be a command.</exception>
    public static CommandCall Run(string program, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(arguments);
        return new([program, .. arguments]);
    }

    /// <summary>A command for the system's shell, <c>/bin/sh</c> or <c>cmd</c>: pipes, redirections, variables.</summary>
    /// <param name="command">Its text. Placeholders as in <see cref="Run"/>, outside of quotation marks; what is put in is quoted.</param>
    public static CommandCall Shell(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return new([command]) { IsShell = true };
    }
}
