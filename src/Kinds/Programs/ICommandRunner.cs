namespace ActorCompute.Kinds.Programs;

/// <summary>Runs programs on a worker. A worker that was not started with <c>--allow-commands</c> has none.</summary>
internal interface ICommandRunner
{
    /// <summary>Runs one to its end, in a group of processes of its own.</summary>
    /// <exception cref="InputException">It cannot be started: it is not there, or may not be run.</exception>
    /// <exception cref="OperationCanceledException">The task was told to stop; the whole group has ended.</exception>
    CommandResult Run(CommandLaunch launch, in TaskContext context);
}
