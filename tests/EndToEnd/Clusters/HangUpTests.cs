namespace ActorCompute.EndToEnd.Clusters;

/// <summary>The window of a terminal is closed while a command runs in it.</summary>
[Collection(Lane.Clusters)]
public sealed class HangUpTests
{
    [TerminalTheory]
    [InlineData(130, "primes", "count", "1", "1e12", "--workers", "2")]
    [InlineData(130, "primes", "list", "1", "1e11", "--workers", "2")]
    [InlineData(0, "up", "--workers", "2", "--port", "0")]
    public async Task Command_TerminalIsClosed_EndsInOrderWithItsStatusAndLeavesNothing(int status, params string[] arguments)
    {
        using var folder = new TestFolder();
        var (log, ended) = (folder.PathOf("workers"), folder.PathOf("status"));
        // The shell that stands between notes the status, which nobody else can see then.
        var inner = folder.Write("inner.sh", $"trap : HUP\n'{ProgramFolder.ExecutableOf("Cli", "actorcompute")}' {string.Join(' ', arguments)}\necho $? > '{ended}.new'; mv '{ended}.new' '{ended}'\n");
        var outer = folder.Write("outer.sh", $"sh '{inner}'\ntrue\n");
        await using var terminal = RunningProgram.StartShell(folder.PathOf(""), $"exec script -qefc \"sh '{outer}'\" '{log}'");
        // script, two shells, the command, its workers; the bar or the rows are drawn when both have registered.
        await Poll.UntilAsync("the command at work", RunningProgram.Limit, () => terminal.Family.Count >= 6 && File.Exists(log) && new FileInfo(log).Length > 200);
        terminal.Kill();
        await Poll.UntilAsync("the end of the command", RunningProgram.Limit, () => File.Exists(ended));
        Assert.Equal($"{status}", (await File.ReadAllTextAsync(ended)).Trim());
        await terminal.AssertFamilyEndsAsync("its terminal was closed", RunningProgram.Limit);
    }

    /// <summary>What it says can be read where standard error is not the terminal.</summary>
    [UnixFact]
    public async Task Command_HangUp_SaysSoInOneLine()
    {
        await using var program = RunningProgram.StartCli([.. Jobs.Endless, "--workers", "1"]);
        await Jobs.WaitUntilItRunsAsync(program, workers: 1);
        Signal.Send(program.Id, Signal.HangUp);
        (await program.WaitAsync("the end after the hang-up")).AssertExit(130).AssertSays("error: ", "cancelled");
    }
}
