using System.Text.RegularExpressions;
using ActorCompute.EndToEnd.Clusters;

namespace ActorCompute.EndToEnd.Verbs;

/// <summary>What a person sees: rows and bar do not write over each other, and a narrow window breaks no word.</summary>
[Collection(Lane.Commands)]
public sealed partial class TerminalTests
{
    /// <summary>More rows than a table has: the bar is gone before the first of them, and they end with a total.</summary>
    [TerminalFact]
    public async Task Scan_ManyReferences_LinesWithoutTheBarAndATotal()
    {
        using var folder = new TestFolder();
        var path = folder.Write("x.bam", ManyReferences.Bam(1500));
        await using var program = RunningProgram.StartOnTerminal(columns: 100, "scan", path, "--no-index", "--workers", "1");
        var lines = (await program.WaitAsync("the scan on a terminal")).AssertExit(0).Output;
        var rows = lines.Index().Where(line => line.Item.TrimEnd().Split('\t') is ["contig0" or "contig1499", "1000", "0", ..]).Select(line => line.Index).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Equal(1499, rows[1] - rows[0]);
        Assert.All(lines.Take((rows[0] + 1)..(rows[1] + 1)), line => Assert.DoesNotContain('\x1b', line));
        Assert.StartsWith("total\t", lines.Last(line => line.Trim().Length > 0), StringComparison.Ordinal);
    }

    [TerminalFact]
    public async Task Kinds_NarrowWindow_EveryNameIsWhole()
    {
        await using var program = RunningProgram.StartOnTerminal(columns: 60, "kinds");
        var lines = (await program.WaitAsync("the list on a terminal")).AssertExit(0).Output.Select(line => Escapes().Replace(line, "").TrimEnd()).ToList();
        Assert.All(new[] { "flagstat", "primes-count", "sum-squares" }, name => Assert.Contains(lines, line => line.StartsWith("kind:", StringComparison.Ordinal) && line.EndsWith(" " + name, StringComparison.Ordinal)));
    }

    [TerminalFact]
    public async Task StatusAndDump_NarrowWindow_FitAndEveryWordIsWhole()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 2);
        await using var client = cluster.StartCli(Jobs.Endless);
        await Jobs.WaitUntilItRunsAsync(client, workers: 2);
        string? job = null;
        foreach (var verb in new[] { "status", "dump" })
        {
            var isShown = false;
            // The client tells of its job every two seconds.
            await Poll.UntilAsync($"the job in {verb}", RunningProgram.Limit, async () =>
            {
                await using var program = RunningProgram.StartOnTerminal(columns: 60, verb, "--cluster", cluster.Address);
                var result = await program.WaitAsync(verb);
                var lines = result.Output.Select(line => Escapes().Replace(line, "").TrimEnd()).ToList();
                if (result.ExitCode == 2 && verb == "dump") return false;
                result.AssertExit(0);
                Assert.All(lines, line => Assert.InRange(line.Length, 0, 60));
                if (verb == "status") job = lines.FirstOrDefault(line => line.StartsWith("job:", StringComparison.Ordinal) && line.Contains(" job-", StringComparison.Ordinal))?.Split(' ')[^1];
                isShown = verb == "status" ? job is { Length: 20 } : lines.Any(line => line.Contains(job!, StringComparison.Ordinal));
                if (isShown) Assert.Contains(lines, line => line.StartsWith("pid:", StringComparison.Ordinal) || line.Contains("pid", StringComparison.Ordinal));
                return isShown;
            });
        }

        Signal.Send(client.Id, Signal.Interrupt);
        (await client.WaitAsync("the client's end")).AssertExit(130);
    }

    [TerminalFact]
    public async Task PrimesTest_NarrowWindow_NumbersAreWhole()
    {
        await using var program = RunningProgram.StartOnTerminal(columns: 20, "primes", "test", "18446744073709551557", "--workers", "1", "--progress", "none");
        var lines = (await program.WaitAsync("the test on a terminal")).AssertExit(0).Output;
        Assert.Contains(lines, line => Escapes().Replace(line, "").TrimEnd() == "number: 18446744073709551557");
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]")]
    private static partial Regex Escapes();
}
