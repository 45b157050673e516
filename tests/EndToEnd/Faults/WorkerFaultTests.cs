using System.Text.Json;
using ActorCompute.EndToEnd.Clusters;

namespace ActorCompute.EndToEnd.Faults;

/// <summary>Workers that die, stand still, grow or leave.</summary>
[Collection(Lane.Faults)]
public sealed class WorkerFaultTests
{
    [Fact]
    public async Task Crash_EachTime_FailsAsPoisonWithItsEndAndTheOthersFinish()
    {
        var result = await CommandLineProgram.RunAsync("run", "crash", "--item", "a", "--allow-crashes", "--workers", "2", "--max-worker-deaths", "2");
        result.AssertExit(1).AssertSays("error: a: its worker died 2 times while running it", "exited with status 70");
    }

    [UnixFact]
    public async Task Stopped_LongerThanTheLease_ItsTasksRunElsewhereAndItComesBack()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 2);
        await using var client = cluster.StartCli("primes", "count", "1", "5e10", "--progress", "plain");
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        var node = cluster.Workers[0].Family.Single(id => id != cluster.Workers[0].Id);
        Signal.Send(node, Signal.Stop);
        await client.WaitForLineAsync(client.Error, line => line.Contains("on 1 workers", StringComparison.Ordinal), "the stopped worker's lease to end");
        Signal.Send(node, Signal.Continue);
        Assert.Equal(["2119654578"], (await client.WaitAsync("the job whose worker stood still")).AssertExit(0).Output);
    }

    [Fact]
    public async Task Drain_WorkerRunsATask_FinishesItLeavesAndEndsWithZero()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 2);
        await using var client = cluster.StartCli("run", "sleep", "--item", "4", "--item", "4", "--item", "4", "--item", "4", "--format", "jsonl");
        await Poll.UntilAsync("both workers to be busy", RunningProgram.Limit, async () => (await StatusAsync(cluster)).Sum(worker => worker.Busy) >= 2);

        (await cluster.RunAsync("drain", "w1")).AssertExit(0);

        (await cluster.Workers[0].WaitAsync("the drained worker")).AssertExit(0);
        var rows = (await client.WaitAsync("the job of which a worker was drained")).AssertExit(0).Output;
        Assert.Equal(4, rows.Count);
        Assert.All(rows, row => Assert.Equal(1, JsonDocument.Parse(row).RootElement.GetProperty("attempt").GetInt32()));
        Assert.Equal(["w2"], (await StatusAsync(cluster)).Select(worker => worker.Name));
        (await cluster.RunAsync("drain", "w1")).AssertExit(2).AssertSays("error: ", "no worker 'w1'");
    }

    [Fact]
    public async Task Dump_JobRuns_ShowsItsTasksWithWorkersAndAges()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        (await cluster.RunAsync("dump")).AssertExit(2).AssertSays("error: ", "runs no job");
        await using var client = cluster.StartCli("run", "sleep", "--item", "3600", "--item", "3601");
        ProgramResult dump = null!;
        await Poll.UntilAsync("both tasks in the job's account", RunningProgram.Limit, async () =>
        {
            dump = await cluster.RunAsync("dump");
            return dump.Output.Count(line => line.Contains(" w1 ", StringComparison.Ordinal) && line.Contains(" s ago", StringComparison.Ordinal)) == 3;
        });
        Assert.Contains(dump.Output, line => line.Contains("sleep", StringComparison.Ordinal) && line.Contains("0 of 2 done", StringComparison.Ordinal));
        Assert.Contains(dump.Output, line => line.Contains("takes tasks", StringComparison.Ordinal));
    }

    [UnixFact]
    public async Task Workers_AllLeaveForGood_TheJobSaysThatItWaitsAndGoesOnWithTheNext()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        await using var client = cluster.StartCli("run", "sleep", "--item", "3600", "--item", "0.1", "--timeout", "8s");
        await Poll.UntilAsync("the worker to be busy", RunningProgram.Limit, async () => (await StatusAsync(cluster)).Sum(worker => worker.Busy) >= 1);
        Signal.Send(cluster.Workers[0].Id, Signal.Kill);

        await client.WaitForLineAsync(client.Error, line => line.StartsWith("warning: ", StringComparison.Ordinal) && line.Contains($"--seed {cluster.Address}", StringComparison.Ordinal), "the warning that there is no worker");
        await Poll.UntilAsync("the state in the registry", RunningProgram.Limit, async () => string.Join(' ', (await cluster.RunAsync("status")).Output).Contains("waits for workers", StringComparison.Ordinal));
        cluster.AddWorker("next");
        await client.WaitForLineAsync(client.Error, line => line.Contains("the job goes on", StringComparison.Ordinal), "the word that it goes on");

        var result = (await client.WaitAsync("the job whose workers had left")).AssertExit(1).AssertSays("error: 3600: it ran for");
        Assert.Equal(["input\tresult", "0.1\t0.1"], result.Output);
    }

    private static async Task<List<(string Name, int Busy)>> StatusAsync(TestCluster cluster)
    {
        using var status = JsonDocument.Parse(string.Join('\n', (await cluster.RunAsync("status", "--json")).AssertExit(0).Output));
        return [.. status.RootElement.GetProperty("workers").EnumerateArray().Select(worker => (worker.GetProperty("name").GetString()!, worker.GetProperty("busy").GetInt32() + worker.GetProperty("busy_io").GetInt32()))];
    }
}
