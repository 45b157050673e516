using System.Diagnostics;
using System.Globalization;

namespace ActorCompute.EndToEnd.Verbs;

/// <summary>The scripts of <c>deploy/local</c>, by the plain shell of the machine.</summary>
[Collection(Lane.Commands)]
public sealed class LocalScriptTests
{
    [UnixFact]
    public async Task StartAndStop_TwoWorkers_TheyServeAndEndAndAStrangerWithAnOldNumberLives()
    {
        using var folder = new TestFolder();
        var port = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        var state = folder.PathOf("state");
        var variables = new Dictionary<string, string?> { ["ACTORCOMPUTE_STATE"] = state, ["ACTORCOMPUTE_BIN"] = Programs(folder) };

        await using var start = RunningProgram.StartScript("deploy/local/start.sh", ["2", port], variables);
        (await start.WaitAsync("start.sh")).AssertExit(0);
        Assert.Equal(["number\tprime", "7\ttrue"], (await CommandLineProgram.RunAsync("primes", "test", "7", "--cluster", $"127.0.0.1:{port}")).AssertClean().Output);
        await using var again = RunningProgram.StartScript("deploy/local/start.sh", ["1", port], variables);
        (await again.WaitAsync("start.sh for a port that is taken")).AssertExit(1).AssertSays("a cluster is running on port", port);

        using var stranger = Process.Start("sleep", "600");
        try
        {
            await File.AppendAllTextAsync(Path.Combine(state, port, "pids"), $"{stranger.Id} 1\n");
            await using var stop = RunningProgram.StartScript("deploy/local/stop.sh", [port], variables);
            Assert.Equal(["stopped"], (await stop.WaitAsync("stop.sh")).AssertClean().Output);
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }

        await start.AssertFamilyEndsAsync("stop.sh", RunningProgram.Limit);
        await using var none = RunningProgram.StartScript("deploy/local/stop.sh", [port], variables);
        (await none.WaitAsync("stop.sh without a cluster")).AssertExit(1).AssertSays("no cluster was started on port", port);
    }

    /// <summary>As published: side by side.</summary>
    private static string Programs(TestFolder folder)
    {
        var programs = Directory.CreateDirectory(folder.PathOf("bin")).FullName;
        foreach (var (project, name) in new[] { ("Seed", "actorcompute-seed"), ("Worker", "actorcompute-worker") })
        {
            var script = Path.Combine(programs, name);
            File.WriteAllText(script, $"#!/bin/sh\nexec '{ProgramFolder.ExecutableOf(project, name)}' \"$@\"\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return programs;
    }
}
