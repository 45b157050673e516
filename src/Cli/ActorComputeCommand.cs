using System.CommandLine;
using ActorCompute.Cli.Commands;

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

    /// <summary>The command with all verbs, or with the one that the arguments begin with: to make the others would take longer than to parse.</summary>
    public static RootCommand Create(IReadOnlyList<string> args)
    {
        var root = new RootCommand("ActorCompute: jobs scattered over worker processes, answers gathered as they complete.");
        var isMeant = args is [var first, ..] && Verbs.Any(verb => verb.Name == first);
        foreach (var (name, create) in Verbs)
        {
            if (!isMeant || name == args[0]) root.Subcommands.Add(create());
        }

        return root;
    }
}
