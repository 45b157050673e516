namespace ActorCompute.EndToEnd.Verbs;

/// <summary>The verbs that are no job of their own.</summary>
[Collection(Lane.Commands)]
public class SmallVerbTests
{
    [Theory]
    [InlineData("Seed", "actorcompute-seed", "--port")]
    [InlineData("Worker", "actorcompute-worker", "--seed")]
    public async Task Help_OfSeedAndWorker_NamesOptionsButNotTheParentsOwn(string project, string program, string option)
    {
        await using var running = RunningProgram.Start(project, program, ["--help"]);
        var text = string.Join('\n', (await running.WaitAsync("help")).AssertClean().Output);
        Assert.Contains(option, text, StringComparison.Ordinal);
        Assert.DoesNotContain("--parent-pipe", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_Always_ShowsBothJobsAndSaysThatTheyAreRight()
    {
        var result = (await CommandLineProgram.RunAsync("demo")).AssertExit(0);
        Assert.Contains(result.Error, line => line.StartsWith("All counts are those the file was made with, and the primes are right.", StringComparison.Ordinal));
        Assert.Contains(result.Error, line => line.StartsWith("chr1: ", StringComparison.Ordinal));
        Assert.Contains(result.Error, line => line.StartsWith("1099726899285419 is not prime", StringComparison.Ordinal));
        Assert.Equal(5, result.Error.Count(line => line.Contains(" is prime", StringComparison.Ordinal)));
        Assert.Contains(result.Output, line => line.Contains("total", StringComparison.Ordinal) && line.Contains("200,000", StringComparison.Ordinal));
    }

    /// <summary>What the demonstration says to try next can be typed as it stands, in the folder that it was called in.</summary>
    [UnixFact]
    public async Task Demo_TryNext_EachLineRunsAsShown()
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder.PathOf("here"));
        await using var demo = RunningProgram.StartShell(folder.PathOf("here"), $"'{ProgramFolder.ExecutableOf("Cli", "actorcompute")}' demo");
        var said = (await demo.WaitAsync("the demonstration")).AssertExit(0).Error;
        var shown = said.SkipWhile(line => !line.EndsWith("Try next:", StringComparison.Ordinal)).Skip(1).ToList();
        Assert.Equal(["make-bam", "scan", "primes"], shown.Select(line => line.Split(' ').First(word => word is "make-bam" or "scan" or "primes")));
        foreach (var line in shown)
        {
            // The same commands with less to do.
            var command = line.Replace("4e6", "4e3", StringComparison.Ordinal).Replace("1e10", "1e6", StringComparison.Ordinal);
            await using var program = RunningProgram.StartShell(folder.PathOf("here"), command);
            var result = (await program.WaitAsync(line)).AssertExit(0);
            if (line.Contains("primes", StringComparison.Ordinal)) Assert.Equal(["78498"], result.Output);
        }
    }
}
