using System.Diagnostics;

namespace ActorCompute.EndToEnd.Verbs;

/// <summary>Inputs that can be read only once, and those that look like options.</summary>
[Collection(ProcessTests.Name)]
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

    [Theory]
    [InlineData("fib", "abc", "'abc' is not a whole number")]
    [InlineData("fib", "1.5", "'1.5' is not a whole number")]
    public async Task Run_InputOfAnotherType_IsRefusedInPlainWords(string kind, string item, string reason) =>
        (await CommandLineProgram.RunAsync("run", kind, "--item", item)).AssertRefused(2, reason);

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
