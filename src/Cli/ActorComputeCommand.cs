using System.CommandLine;
using ActorCompute.Cli.Commands;

namespace ActorCompute.Cli;

/// <summary>The command <c>actorcompute</c>: one verb a file.</summary>
internal static class ActorComputeCommand
{
    public static RootCommand Create() => new("ActorCompute: jobs scattered over worker processes, answers gathered as they complete.")
    {
        ScanCommand.Create(),
        FlagstatCommand.Create(),
        DepthCommand.Create(),
        PrimesCommand.Create(),
        RunCommand.Create(),
        ResumeCommand.Create(),
        JobsCommand.Create(),
        KindsCommand.Create(),
        UpCommand.Create(),
        StatusCommand.Create(),
        DownCommand.Create(),
        DemoCommand.Create(),
        MakeBamCommand.Create(),
        InfoCommand.Create(),
    };
}
