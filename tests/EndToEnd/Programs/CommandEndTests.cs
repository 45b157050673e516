using System.Globalization;

namespace ActorCompute.EndToEnd.Programs;

/// <summary>Whatever ends a command, nothing of it is left: neither the program nor what that started.</summary>
[Collection(Lane.Faults)]
public sealed class CommandEndTests : IDisposable
{
    // Writes down itself and what it started in the background; neither heeds the polite signal.
    private const string Stubborn = "trap '' TERM; sleep 3600 & echo $! >> pids; echo $$ >> pids; sleep 3601";
    private const string Polite = "sleep 3600 & echo $! >> pids; echo $$ >> pids; sleep 3601";

    private readonly TestFolder _folder = new();

    [UnixTheory]
    [InlineData(Polite)]
    [InlineData(Stubborn)]
    public async Task TimeOut_ProgramWithABackgroundChild_TheWholeGroupEnds(string script)
    {
        await using var client = Start("--item", "1", "--item", "2", "--workers", "2", "--timeout", "1s", "--grace", "4s", "--", "sh", "-c", script);
        var result = (await client.WaitAsync("the job of two programs that take too long")).AssertExit(1).AssertSays("error: 1: it ran for").AssertSays("error: 2: it ran for");
        // They ended by their signals; neither worker was replaced for them.
        Assert.DoesNotContain(result.Error, line => line.Contains("replaced", StringComparison.Ordinal));
        AssertEnded(4);
        Assert.Empty(client.Family);
    }

    [UnixFact]
    public async Task Interrupt_ProgramsRun_NothingIsLeft()
    {
        await using var client = Start("--item", "1", "--item", "2", "--workers", "2", "--", "sh", "-c", Polite);
        await StartedAsync(4);
        Signal.Send(client.Id, Signal.Interrupt);
        (await client.WaitAsync("the interrupted command")).AssertExit(130);
        await client.AssertFamilyEndsAsync("after Ctrl-C", RunningProgram.Limit);
        AssertEnded(4);
    }

    [UnixTheory]
    [InlineData(Polite)]
    [InlineData(Stubborn)]
    public async Task Kill_TheCommandItself_NothingIsLeft(string script)
    {
        await using var client = Start("--item", "1", "--workers", "1", "--", "sh", "-c", script);
        await StartedAsync(2);
        client.Kill();
        await client.AssertFamilyEndsAsync("after the kill", RunningProgram.Limit);
        AssertEnded(2);
    }

    [UnixTheory]
    [InlineData(Polite)]
    [InlineData(Stubborn)]
    public async Task Kill_TheWorker_ItsProgramsEndAndTheTaskFailsAsItsWorkerDied(string script)
    {
        await using var client = Start("--item", "1", "--workers", "1", "--max-worker-deaths", "1", "--", "sh", "-c", script);
        await StartedAsync(2);
        Signal.Send(Assert.Single(ProcessTable.ChildrenOf(client.Id)), Signal.Kill);
        (await client.WaitAsync("the job whose worker was killed")).AssertExit(1).AssertSays("error: 1: its worker died");
        await client.AssertFamilyEndsAsync("after the kill of the worker", RunningProgram.Limit);
        AssertEnded(2);
    }

    [UnixFact]
    public async Task Kill_AWorkerInTheMiddle_EveryOutputIsThereOnce()
    {
        await using var client = Start("--range", "1..300", "--workers", "2", "--slots", "2", "--", "sh", "-c", "sleep 0.03; echo line {}");
        await client.WaitForLineAsync(client.Output!, line => line.StartsWith("line ", StringComparison.Ordinal), "the first outputs");
        Signal.Send(ProcessTable.ChildrenOf(client.Id)[0], Signal.Kill);
        var result = (await client.WaitAsync("the job of which a worker was killed")).AssertExit(0);
        Assert.Equal(Enumerable.Range(1, 300).Select(i => $"line {i}").Order(), result.Output.Order());
        Assert.Contains(result.Error, line => line.Contains("started again", StringComparison.Ordinal));
        await client.AssertFamilyEndsAsync("after the job", RunningProgram.Limit);
    }

    /// <summary>What a program leaves running behind it is not the next task's company.</summary>
    [UnixFact]
    public async Task Exit_ProgramLeftSomethingBehind_ThatEndsToo()
    {
        await using var client = Start("--item", "1", "--workers", "1", "--", "sh", "-c", "sleep 3600 > sleep.out 2>&1 & echo $! >> pids; echo done");
        Assert.Equal(["done"], (await client.WaitAsync("the job")).AssertExit(0).Output);
        AssertEnded(1);
    }

    public void Dispose() => _folder.Dispose();

    private RunningProgram Start(params string[] arguments) => RunningProgram.StartCli(["run", "command", "--folder", _folder.PathOf(""), .. arguments]);

    private Task StartedAsync(int processes) => Poll.UntilAsync($"{processes} processes of commands", RunningProgram.Limit, () => Ids().Count == processes);

    private void AssertEnded(int processes)
    {
        Assert.Equal(processes, Ids().Count);
        Assert.All(Ids(), id => Assert.False(ProcessTable.IsAlive(id), $"process {id} lives"));
    }

    private IReadOnlyList<int> Ids()
    {
        var file = _folder.PathOf("pids");
        return File.Exists(file) ? [.. File.ReadAllText(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))] : [];
    }
}
