using System.Diagnostics;

namespace ActorCompute.EndToEnd.Clusters;

/// <summary>A command with a cluster of its own: whatever happens to the command, nothing of it stays behind.</summary>
[Collection(Lane.Clusters)]
public class LocalClusterTests
{
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(60);

    [UnixFact]
    public async Task Command_Killed_ItsWorkersEndWithinSeconds()
    {
        await using var client = RunningProgram.StartCli([.. Jobs.Endless, "--workers", "2"]);
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        var children = ProcessTable.ChildrenOf(client.Id);
        Assert.Equal(2, children.Count);
        Signal.Send(client.Id, Signal.Kill);
        await client.AssertFamilyEndsAsync("the command was killed", Seconds);
        Assert.All(children, child => Assert.False(ProcessTable.IsAlive(child), $"process {child} is alive"));
    }

    /// <summary>A terminal sends Ctrl-C to the whole group: the children leave the answer to the command.</summary>
    [UnixFact]
    public async Task Command_CtrlC_EndsInOrder()
    {
        await using var client = RunningProgram.StartCli([.. Jobs.Endless, "--workers", "2"]);
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        foreach (var id in ProcessTable.ChildrenOf(client.Id).Prepend(client.Id)) Signal.Send(id, Signal.Interrupt);
        var result = await client.WaitAsync("the end after Ctrl-C", Seconds);
        result.AssertExit(130).AssertSays("error: cancelled");
        Assert.Empty(result.Output);
        Assert.Empty(client.Family);
        Assert.DoesNotContain(result.Error, line => line.Contains("started again", StringComparison.Ordinal));
    }

    [UnixFact]
    public async Task Command_CtrlCTwice_EndsAtOnce()
    {
        await using var client = RunningProgram.StartCli([.. Jobs.Endless, "--workers", "2"]);
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        // Children that do not react make the orderly end take as long as it is allowed to.
        var children = ProcessTable.ChildrenOf(client.Id);
        foreach (var child in children) Signal.Send(child, Signal.Stop);
        Signal.Send(client.Id, Signal.Interrupt);
        await client.WaitForLineAsync(client.Error, line => line.StartsWith("error: cancelled", StringComparison.Ordinal), "the word on the first Ctrl-C");
        Signal.Send(client.Id, Signal.Interrupt);
        (await client.WaitAsync("the end after the second Ctrl-C", Seconds)).AssertExit(130);
        // The orderly end would have killed them first.
        Assert.All(children, child => Assert.True(ProcessTable.IsAlive(child)));

        foreach (var child in children.Where(ProcessTable.IsAlive)) Signal.Send(child, Signal.Continue);
        await client.AssertFamilyEndsAsync("the children run again", Seconds);
    }

    [UnixFact]
    public async Task Command_Terminated_EndsInOrder()
    {
        await using var client = RunningProgram.StartCli([.. Jobs.Endless, "--workers", "1"]);
        await Jobs.WaitUntilItRunsAsync(client, workers: 1);
        Signal.Send(client.Id, Signal.Terminate);
        (await client.WaitAsync("the end after SIGTERM", Seconds)).AssertExit(130).AssertSays("error: cancelled");
        Assert.Empty(client.Family);
    }

    [UnixFact]
    public async Task Command_CtrlCWhileItStarts_NothingIsLeft()
    {
        await using var client = RunningProgram.StartCli([.. Jobs.Endless, "--workers", "2"]);
        await Poll.UntilAsync("the first child", Seconds, () => ProcessTable.ChildrenOf(client.Id).Count > 0);
        Signal.Send(client.Id, Signal.Interrupt);
        (await client.WaitAsync("the end after Ctrl-C", Seconds)).AssertExit(130).AssertSays("error: cancelled");
        Assert.Empty(client.Family);
    }

    [Fact]
    public async Task Worker_KilledWhileAJobRuns_TheAnswerIsRight()
    {
        await using var client = RunningProgram.StartCli("primes", "count", "1", "2e10", "--workers", "2", "--progress", "plain");
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        var workers = client.Family.Where(id => id != client.Id && NameOf(id).StartsWith("actorcompute-wo", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, workers.Count);
        RunningProgram.KillById(workers[0]);
        var result = (await client.WaitAsync("the job of which a worker was killed")).AssertExit(0);
        Assert.Equal(["882206716"], result.Output);
        Assert.Contains(result.Error, line => line.Contains("started again", StringComparison.Ordinal));
        Assert.Empty(client.Family);
    }

    private static string NameOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.ProcessName;
    }
}
