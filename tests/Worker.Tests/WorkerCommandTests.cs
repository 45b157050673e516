using ActorCompute.Processes;
using ActorCompute.Support;

namespace ActorCompute.Worker.Tests;

/// <summary>Beside no other test, as standard error is the process's.</summary>
[Collection(Collection)]
public sealed class WorkerCommandTests
{
    private const string Collection = "in-process";

    [Theory]
    [InlineData("", "--seed is missing")]
    [InlineData("--sede 127.0.0.1:4053", "no option '--sede'", "'--seed'")]
    [InlineData("--seed 127.0.0.1:4053 --slots 0", "0 slots")]
    [InlineData("--seed 127.0.0.1:4053 --slots many", "'many'")]
    [InlineData("--seed nonsense", "'nonsense'", "HOST:PORT")]
    [InlineData("--seed 127.0.0.1:4053 --secret-file missing.secret", "missing.secret")]
    [InlineData("--seed 127.0.0.1:4053 --built-in-only --plugins a", "choose one")]
    public async Task Worker_Mistyped_OneLineNamesIt(string commandLine, params string[] said)
    {
        var arguments = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (await InProcess.RunAsync($"actorcompute-worker {commandLine}", output => CommandLine.RunAsync(arguments, WorkerCommand.Create(), output: output))).AssertRefused(2, said);
    }

    [CollectionDefinition(Collection, DisableParallelization = true)]
    public sealed class Tests;
}
