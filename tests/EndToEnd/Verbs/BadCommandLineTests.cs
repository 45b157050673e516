namespace ActorCompute.EndToEnd.Verbs;

/// <summary>Each real program refuses what it cannot use: a line that says what is wrong, exit status 2, nothing else. What it refuses is tested in its own process.</summary>
[Collection(Lane.Commands)]
public class BadCommandLineTests
{
    [Theory]
    [InlineData("Cli", "actorcompute", "primes tset 7", "no command 'tset'", "'test'")]
    [InlineData("Seed", "actorcompute-seed", "--port nonsense", "'nonsense'")]
    [InlineData("Worker", "actorcompute-worker", "--seed 127.0.0.1:4053 --slots 0", "0 slots")]
    public async Task Program_Mistyped_OneLineNamesIt(string project, string program, string arguments, params string[] said)
    {
        await using var running = RunningProgram.Start(project, program, arguments.Split(' '));
        (await running.WaitAsync("the refusal")).AssertRefused(2, said);
    }
}
