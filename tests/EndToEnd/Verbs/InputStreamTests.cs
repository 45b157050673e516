using System.Diagnostics;

namespace ActorCompute.EndToEnd.Verbs;

/// <summary>Inputs that can be read only once, and those that look like options.</summary>
[Collection(Lane.Commands)]
public sealed class InputStreamTests
{
    [UnixFact]
    public async Task Run_PipeAsInput_IsReadOnce()
    {
        using var folder = new TestFolder();
        var fifo = folder.PathOf("fifo");
        using (var make = Process.Start("mkfifo", [fifo])) await make.WaitForExitAsync();
        foreach (var arguments in new string[][] { ["run", "echo", "--ordered", "--input", fifo], ["primes", "test", "--ordered", "--from-file", fifo] })
        {
            await using var program = RunningProgram.StartCli([.. arguments, "--workers", "1"]);
            await Task.Run(() => File.WriteAllText(fifo, "2\n3\n5\n")).WaitAsync(RunningProgram.Limit);
            Assert.Equal(["2", "3", "5"], (await program.WaitAsync("the end of the pipe")).AssertClean().Output.Skip(1).Select(line => line.Split('\t')[0]));
        }
    }

    [UnixFact]
    public async Task Run_StandardInputByItsPath_IsReadOnce()
    {
        await using var program = RunningProgram.StartCli("run", "echo", "--ordered", "--input", "/dev/stdin", "--workers", "1");
        await program.Input.WriteAsync("2\n3\n");
        program.Input.Close();
        Assert.Equal(["input\tresult", "2\t2", "3\t3"], (await program.WaitAsync("the end of standard input")).AssertClean().Output);
    }

    [Theory]
    [InlineData("en_US.ISO-8859-1")]
    [InlineData("C")]
    [InlineData("en_US.UTF-8")]
    public async Task Run_StandardInputUnderAnotherLocale_IsUtf8AsAFileIs(string locale)
    {
        await using var program = RunningProgram.Start(
            "Cli", "actorcompute", ["run", "echo", "--ordered", "--input", "-", "--workers", "1"], new Dictionary<string, string?> { ["LC_ALL"] = locale, ["LANG"] = locale });
        await program.Input.BaseStream.WriteAsync("b\u00fcro\n\u03c0 \u4e16\n"u8.ToArray());
        program.Input.Close();
        Assert.Equal(["input\tresult", "b\u00fcro\tb\u00fcro", "\u03c0 \u4e16\t\u03c0 \u4e16"], (await program.WaitAsync("the end of standard input")).AssertClean().Output);
    }

    /// <summary>What a worker says is UTF-8 on its way to its keeper, whatever the terminal has.</summary>
    [UnixFact]
    public async Task Worker_UnderAnotherLocale_ItsWordsReachItsKeeperWhole()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 0);
        using var folder = new TestFolder();
        var missing = folder.PathOf("b\u00fcro");
        await using var worker = TestCluster.StartWorker(cluster.Address, "w", variables: new Dictionary<string, string?> { ["LC_ALL"] = "en_US.ISO-8859-1" }, arguments: ["--plugins", missing]);
        var result = await worker.WaitAsync("the worker without its folder");
        // The keeper writes to somebody's terminal, in that one's encoding: what it could not read would be two letters, not one.
        result.AssertExit(2);
        Assert.Contains(result.Error, line => line.Contains("b\ufffdro", StringComparison.Ordinal));
    }

    /// <summary>What stands at its number then is the runtime's own, and would be waited for.</summary>
    [UnixFact]
    public async Task Run_StandardInputIsClosed_IsRefusedAtOnce()
    {
        foreach (var arguments in new string[][] { ["run", "echo", "--input", "-"], ["primes", "test", "--from-file", "/dev/stdin"] })
        {
            await using var program = RunningProgram.StartWithoutInput(arguments);
            (await program.WaitAsync("the refusal")).AssertRefused(2, "standard input is closed");
        }
    }

    [Theory]
    [InlineData("-x")]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("--workers")]
    [InlineData("")]
    public async Task Run_ItemThatLooksLikeAnOption_IsAnInput(string item)
    {
        foreach (var arguments in new string[][] { ["--item", item], ["--item=" + item] })
            Assert.Equal(["input\tresult", $"{item}\t{item}"], (await CommandLineProgram.RunAsync(["run", "echo", .. arguments, "--workers", "1"])).AssertClean().Output);
    }

    /// <summary>Whether rows are drawn as a table or go out as lines, there is a total.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(1500)]
    public async Task Scan_FewOrManyReferencesAsTable_HaveATotal(int references)
    {
        using var folder = new TestFolder();
        var path = folder.Write("x.bam", ManyReferences.Bam(references));
        var result = (await CommandLineProgram.RunAsync("scan", path, "--workers", "1", "--no-index", "--format", "table")).AssertClean();
        Assert.Contains("total", result.Output.Last(line => line.Any(char.IsLetterOrDigit)), StringComparison.Ordinal);
        Assert.Equal(references, result.Output.Count(line => line.Contains("contig", StringComparison.Ordinal)));
    }
}
