namespace ActorCompute.Kinds.Programs;

/// <summary>
/// A program to call as a function: <c>Commands.Run("wc", "-c", "{}") with { Folder = "/data" }</c>. Workers run it only if they were
/// started with <c>--allow-commands</c>; those of a local cluster with a secret of its own do.
/// </summary>
public sealed record CommandCall : IFunction<string, CommandResult>
{
    private static readonly IFunction<string, CommandResult> Kind = new CommandFunction();

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

    ICodec<string> IFunction<string, CommandResult>.InputCodec => Kind.InputCodec;

    ICodec<CommandResult> IFunction<string, CommandResult>.ResultCodec => Kind.ResultCodec;

    string IJobKind.Name => Kind.Name;

    string IJobKind.Version => Kind.Version;

    string IJobKind.Summary => Kind.Summary;

    IReadOnlyList<ParameterDescription> IJobKind.Parameters => Kind.Parameters;

    bool IJobKind.MayRunTwiceAtOnce => Kind.MayRunTwiceAtOnce;

    /// <summary>What each call needs of its worker's resources. Default: nothing.</summary>
    public Resources Needs { get; init; } = Resources.None;

    Job IJobKind.Prepare(ParameterValues values) => Kind.Prepare(AddTo(values));

    IOpenedWork IJobKind.Open(ReadOnlyMemory<byte> parameters) => Kind.Open(parameters);

    ReadOnlyMemory<byte> IFunction<string, CommandResult>.EncodeParameters(ParameterValues own)
    {
        if (own.Names.Count > 0) throw new InputException("a command takes no parameters beside its own properties.");
        return Kind.EncodeParameters(AddTo(new ParameterValues()));
    }

    private ParameterValues AddTo(ParameterValues values)
    {
        foreach (var word in Words) values.Add(CommandSettings.Word, word);
        if (IsShell) values.Add(CommandSettings.Shell, "true");
        if (Folder is not null) values.Add(CommandSettings.FolderName, Folder);
        values.Add(CommandSettings.MaxOutputName, MaxOutput.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (AnyStatus) values.Add(CommandSettings.AnyStatusName, "true");
        return values;
    }
}
