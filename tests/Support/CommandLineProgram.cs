namespace ActorCompute.Support;

/// <summary>Runs <c>actorcompute</c> to its end, as a person does.</summary>
internal static class CommandLineProgram
{
    public static Task<ProgramResult> RunAsync(params IReadOnlyList<string> arguments) => RunAsync(arguments, new Dictionary<string, string?>());

    /// <summary>Runs it; when it has ended, all that it started has ended too.</summary>
    public static async Task<ProgramResult> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> variables)
    {
        await using var program = RunningProgram.Start("Cli", "actorcompute", arguments, variables);
        var result = await program.WaitAsync("the command");
        Assert.True(program.Family is [], $"processes {string.Join(", ", program.Family)} are left. {result}");
        return result;
    }
}
