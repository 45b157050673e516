namespace ActorCompute.Cli.Tests;

/// <summary>Runs <c>actorcompute</c> within this process: mistakes, help and lists need no other.</summary>
internal static class InProcessCli
{
    /// <summary>The collection of the tests that do so: beside no other, as standard error is the process's.</summary>
    public const string Collection = "in-process";

    public static Task<ProgramResult> RunAsync(params string[] arguments) =>
        InProcess.RunAsync($"actorcompute {string.Join(' ', arguments)}", output => ActorComputeCommand.RunAsync(arguments, output));

    [CollectionDefinition(Collection, DisableParallelization = true)]
    public sealed class Tests;
}
