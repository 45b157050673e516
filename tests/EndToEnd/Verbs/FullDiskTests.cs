namespace ActorCompute.EndToEnd.Verbs;

/// <summary>An answer that could not be written is no success.</summary>
[Collection(Lane.Commands)]
public class FullDiskTests
{
    [FullDiskFact]
    public Task Job_OutputIsFull_OneLineSaysSo() => AssertSaidAsync("primes", "count", "1", "1e6", "--workers", "1");

    [FullDiskFact]
    public Task LongJob_OutputIsFull_EndsSoonAndSaysSo() => AssertSaidAsync("primes", "list", "1", "1e12", "--workers", "1");

    [FullDiskFact]
    public Task Info_OutputIsFull_OneLineSaysSo() => AssertSaidAsync("info");

    [FullDiskFact]
    public Task BadInput_ErrorsGoToAFullDisk_TheStatusIsTheSame() => AssertStatusTellsAsync("2>" + FullDiskFactAttribute.Path);

    [UnixFact]
    public Task BadInput_StandardErrorIsClosed_TheStatusIsTheSame() => AssertStatusTellsAsync("2>&-");

    /// <summary>What is wrong cannot be said, and the exit status still tells.</summary>
    private static async Task AssertStatusTellsAsync(string redirection)
    {
        using var folder = new TestFolder();
        await using var program = RunningProgram.StartShell(folder.PathOf(""), $"'{ProgramFolder.ExecutableOf("Cli", "actorcompute")}' primes count 1 x {redirection}");
        (await program.WaitAsync("the command")).AssertExit(2);
    }

    private static async Task AssertSaidAsync(params string[] arguments)
    {
        await using var program = RunningProgram.Start("Cli", "actorcompute", arguments, outputFile: FullDiskFactAttribute.Path);
        (await program.WaitAsync("the end when nothing can be written")).AssertRefused(1, "No space left");
        Assert.Empty(program.Family);
    }
}
