using ActorCompute.EndToEnd.Journal;
using ActorCompute.Kinds;
using ActorCompute.Kinds.Programs;

namespace ActorCompute.EndToEnd.Programs;

/// <summary>Commands on clusters that stay, from C#, and with a journal.</summary>
[Collection(Lane.Clusters)]
public sealed class CommandClusterTests(ProcessEnvironment environment) : IDisposable
{
    private readonly TestFolder _folder = new();

    [UnixFact]
    public async Task StandingCluster_WithoutLeave_RefusesWithWhatAllowsItAndRunsNothing()
    {
        var cluster = await environment.ClusterAsync();
        var marker = _folder.PathOf("ran");
        (await CommandLineProgram.RunAsync("run", "command", "--cluster", cluster.Address, "--item", marker, "--", "touch")).AssertRefused(3, "no worker can run 'command'", "--allow-commands");
        await using var client = await cluster.ConnectAsync(RunningProgram.Limit);
        var error = await Assert.ThrowsAsync<ClusterUnavailableException>(async () => await client.Submit(Commands.Run("touch").Invoke, marker));
        Assert.Contains("--allow-commands", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(marker));
    }

    [UnixFact]
    public async Task StandingCluster_OneWorkerWithLeave_RunsAllThereInTheCallersFolder()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        await using var allowed = TestCluster.StartWorker(cluster.Address, "allowed", 2, null, "--allow-commands");
        await cluster.WaitForWorkersAsync(2);
        await using var client = RunningProgram.StartShell(_folder.PathOf(""), $"\"$0\" run command --cluster {cluster.Address} --range 1..20 --format jsonl -- pwd");
        var rows = (await client.WaitAsync("the job on the worker that may")).AssertExit(0).Output;
        Assert.Equal(20, rows.Count);
        Assert.All(rows, row =>
        {
            var answer = JsonAnswer.ParseText(row);
            Assert.Equal(("allowed", _folder.PathOf("").TrimEnd('/') + "\n"), (answer.GetProperty("worker").GetString(), answer.GetProperty("stdout").GetString()));
        });
    }

    [UnixFact]
    public async Task Map_CommandsRun_GivesTypedResultsInOrder()
    {
        await using var cluster = await ComputeCluster.StartLocalAsync(workers: 2);
        var texts = new List<string>();
        await foreach (var result in cluster.Map(Commands.Run("printf", "%s-%s", "{}", "{#}").Invoke, ["a", "b c", "$(d)"])) texts.Add(result.StandardOutput);
        Assert.Equal(["a-1", "b c-2", "$(d)-3"], texts);

        var counted = await cluster.Submit(Commands.Shell("wc -c < {} | tr -d ' '").Invoke, _folder.Write("five bytes", "12345"));
        Assert.Equal((0, null, "5\n", "", false), (counted.ExitCode, counted.Signal, counted.StandardOutput, counted.StandardError, counted.IsCut));

        var failed = await Assert.ThrowsAsync<RemoteTaskException>(async () => await cluster.Submit(Commands.Run("sh", "-c", "echo some; echo why >&2; exit 4").Invoke, "x"));
        Assert.Contains("sh exited with status 4: why", failed.Message, StringComparison.Ordinal);
        Assert.Equal("some\n", CommandResult.Of(failed.Failure)?.StandardOutput);
        Assert.Equal(4, (await cluster.Submit((Commands.Run("sh", "-c", "exit 4") with { AnyStatus = true }).Invoke, "x")).ExitCode);
    }

    /// <summary>Who knows the secret of a program's cluster is not thereby let run programs.</summary>
    [UnixFact]
    public async Task StartLocalAsync_WithASecretThatOthersMayHave_RunsNoneUnlessTold()
    {
        await using (var cluster = await ComputeCluster.StartLocalAsync(new() { Workers = 1, Secret = TestCluster.Secret }))
        {
            await Assert.ThrowsAsync<ClusterUnavailableException>(async () => await cluster.Submit(Commands.Run("true").Invoke, "x"));
        }

        await using var told = await ComputeCluster.StartLocalAsync(new() { Workers = 1, Secret = TestCluster.Secret, AllowCommands = true });
        Assert.True((await told.Submit(Commands.Run("true").Invoke, "x")).IsSuccess);
    }

    [UnixFact]
    public async Task Resume_ClientKilledInTheMiddle_GivesAllOutputsAndRunsWhatWasMissing()
    {
        var (journal, log) = (_folder.PathOf("journal"), _folder.PathOf("joblog"));
        await using (var client = RunningProgram.StartCli("run", "command", "--range", "1..200", "--workers", "1", "--journal", journal, "--folder", _folder.PathOf(""), "--", "sh", "-c", "sleep 0.02; echo {} >> ran; echo out {}"))
        {
            await JournalCommand.GrowAsync(journal, 3000);
            client.Kill();
            await client.AssertFamilyEndsAsync("after the kill", RunningProgram.Limit);
        }

        var before = (await File.ReadAllLinesAsync(_folder.PathOf("ran"))).Length;
        Assert.InRange(before, 1, 199);
        var result = await CommandLineProgram.RunAsync("resume", journal, "--workers", "1", "--joblog", log);
        Assert.Equal(Enumerable.Range(1, 200).Select(i => $"out {i}").Order(), result.AssertExit(0).Output.Order());
        // A few had run when the client died, and were not yet in the journal.
        Assert.InRange((await File.ReadAllLinesAsync(_folder.PathOf("ran"))).Length, 200, 199 + before);
        Assert.Equal(201, (await File.ReadAllLinesAsync(log)).Length);
    }

    [UnixFact]
    public async Task Resume_AfterFailures_RunsThoseAgain()
    {
        var journal = _folder.PathOf("journal");
        var first = await CommandLineProgram.RunAsync("run", "command", "--range", "1..3", "--workers", "1", "--journal", journal, "--folder", _folder.PathOf(""), "--ordered", "--", "sh", "-c", "echo {} >> ran; test {} != 2 -o -e fixed && echo out {}");
        Assert.Equal(["out 1", "out 3"], first.AssertExit(1).Output);
        _folder.Write("fixed", "");
        Assert.Equal(["out 1", "out 2", "out 3"], (await CommandLineProgram.RunAsync("resume", journal, "--workers", "1")).AssertExit(0).Output);
        Assert.Equal(["1", "2", "3", "2"], await File.ReadAllLinesAsync(_folder.PathOf("ran")));
    }

    public void Dispose() => _folder.Dispose();
}
