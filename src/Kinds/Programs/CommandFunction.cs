namespace ActorCompute.Kinds.Programs;

/// <summary><c>command</c>: runs a program for each input.</summary>
/// <param name="runner">Starts programs; null where none may be.</param>
internal sealed class CommandFunction(ICommandRunner? runner = null) : ComputeFunction<string, CommandResult>, IJobKind
{
    /// <summary>Why a worker runs no programs, and what to do.</summary>
    public const string NotAllowed = "this worker runs no programs; whoever starts it can allow that: actorcompute up --allow-commands, or actorcompute-worker --allow-commands.";

    /// <summary>Whether programs run here.</summary>
    public bool IsAllowed => runner is not null;

    public override string Name => "command";

    public override string Summary => "Runs a program for each input, on workers started with --allow-commands.";

    /// <summary>What a person would type for each input of a job of this kind.</summary>
    /// <returns>The command for an input and its task's number, from 1; null for a job of another kind.</returns>
    public static Func<string, long, string>? Shown(Job job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.Kind is CommandFunction ? CommandSettings.Read(job.Values).Show : null;
    }

    // Two at once would write the same files.
    public override bool MayRunTwiceAtOnce => false;

    protected override IReadOnlyList<ParameterDescription> OwnParameters => CommandSettings.Parameters;

    protected override ICodec<string> TaskCodec => ValueCodec<string>.Instance;

    protected override ICodec<CommandResult> ResultCodec => CommandResultCodec.Instance;

    protected override void CheckParameters(ParameterValues own) => CommandSettings.Read(own);

    protected override CommandResult Compute(string input, TaskContext context)
    {
        if (runner is null) throw new InputException(NotAllowed);
        var settings = CommandSettings.Read(context.Parameters);
        var launch = settings.LaunchFor(input, context.Number + 1);
        var result = runner.Run(launch, context);
        return result.IsSuccess || settings.AnyStatus ? result : throw new CommandFailedException(launch.Name, result);
    }

    protected override IReduction<string, CommandResult, (string Input, CommandResult Result)> Reduce(FunctionInputs parameters) => new CommandReduction();
}
