using ActorCompute.Kinds.Programs;

namespace ActorCompute.Worker.Commands;

/// <summary>Chooses what runs programs on this system.</summary>
internal static class CommandRunner
{
    public static ICommandRunner Create() => OperatingSystem.IsWindows() ? new WindowsCommandRunner() : new UnixCommandRunner();
}
