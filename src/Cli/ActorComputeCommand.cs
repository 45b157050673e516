using System.CommandLine;
using ActorCompute.Cli.Commands;
using ActorCompute.Processes;

namespace ActorCompute.Cli;

/// <summary>The command <c>actorcompute</c>: one verb a file.</summary>
internal static class ActorComputeCommand
{
    internal static readonly IReadOnlyList<(string Name, Func<Command> Create)> Verbs =
    [
        ("scan", ScanCommand.Create),
        ("flagstat", FlagstatCommand.Create),
        ("depth", DepthCommand.Create),
        ("primes", PrimesCommand.Create),
        ("run", RunCommand.Create),
        ("resume", ResumeCommand.Create),
        ("jobs", JobsCommand.Create),
        ("kinds", KindsCommand.Create),
        ("up", UpCommand.Create),
        ("status", StatusCommand.Create),
        ("drain", DrainCommand.Create),
        ("dump", DumpCommand.Create),
        ("down", DownCommand.Create),
        ("demo", DemoCommand.Create),
        ("make-bam", MakeBamCommand.Create),
        ("info", InfoCommand.Create),
    ];

    private const string Description = "ActorCompute: jobs scattered over worker processes, answers gathered as they complete.";

    /// <summary>Runs what was typed.</summary>
    /// <param name="args">What was typed.</param>
    /// <param name="output">For help and lists; null for standard output.</param>
    /// <returns>The exit status.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter? output = null)
    {
        var arguments = ItemArguments.Hide(args);
        return CommandLine.RunAsync(arguments, Create(arguments), StatusOf, output);
    }

    private static int? StatusOf(Exception error) => error switch
    {
        ClusterUnavailableException => ExitCodes.NoCluster,
        JournalException { Fault: JournalFault.Storage } => ExitCodes.SomeFailed,
        JournalException => ExitCodes.BadInput,
        _ => null,
    };

    /// <summary>
    /// The command with all verbs, or with the one that the arguments begin with: to make the others takes longer than to
    /// parse, as does to make the options for help and version where nobody asks for them.
    /// </summary>
    private static Command Create(IReadOnlyList<string> args)
    {
        var meant = args is [var first, ..] ? Verbs.Where(verb => verb.Name == first).ToList() : [];
        var command = meant.Count == 1 && !args.Any(AsksForHelp) ? new Command("actorcompute", Description) : new RootCommand(Description);
        if (args is ["run", RunProgramCommand.Name, ..]) command.Subcommands.Add(RunProgramCommand.CreateAlone());
        else foreach (var (_, create) in meant.Count == 1 ? meant : Verbs) command.Subcommands.Add(create());
        return command;
    }

    private static bool AsksForHelp(string argument) => argument is "-h" or "--help" or "-?" or "/h" or "/?" or "--version";
}
