using System.CommandLine;
using System.Runtime.InteropServices;
using ActorCompute.Kinds;
using ActorCompute.Messages;
using ActorCompute.Processes;

namespace ActorCompute.Cli.Commands;

/// <summary><c>info</c>: what this build is and what it found here.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var command = new Command("info", "Version, engine, runtime, cores and libraries, for a bug report.");
        command.SetAction(parsed =>
        {
            foreach (var (name, value) in Facts()) parsed.InvocationConfiguration.Output.WriteLine($"{name,-10} {value}");
            return ExitCodes.Success;
        });
        return command;
    }

    private static IEnumerable<(string Name, string Value)> Facts() =>
    [
        ("version", BuildInfo.Version),
        ("engine", BuildInfo.Engine),
        ("runtime", RuntimeInformation.FrameworkDescription),
        ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}"),
        ("cores", Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("inflate", Libraries.Inflate),
        ("kinds", string.Join(", ", BuiltInKinds.All.Select(kind => kind.Name))),
    ];
}
