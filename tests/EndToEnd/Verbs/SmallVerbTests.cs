using System.Text.RegularExpressions;
using ActorCompute.Kernels.Genomics;

namespace ActorCompute.EndToEnd.Verbs;

/// <summary>The verbs that are no job of their own.</summary>
[Collection(Lane.Commands)]
public class SmallVerbTests
{
    [Theory]
    [InlineData("--help", "scan", "primes", "demo", "make-bam", "info")]
    [InlineData("scan --help", "FILE.bam", "--region", "--exclude-flags", "--require-flags", "--min-mapq", "--cluster", "--workers", "--format", "--ordered")]
    [InlineData("primes --help", "test", "count", "list")]
    [InlineData("primes test --help", "--from-file")]
    [InlineData("primes count --help", "A <= p <= B")]
    [InlineData("make-bam --help", "--reads", "--seed", "--force")]
    public async Task Help_OfEachVerb_NamesWhatThereIs(string arguments, params string[] names)
    {
        var result = (await CommandLineProgram.RunAsync(arguments.Split(' '))).AssertClean();
        var text = string.Join('\n', result.Output);
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
        Assert.DoesNotContain("--parent-pipe", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_OfEachVerbListed_IsItsOwn()
    {
        // With a verb first only that verb is made, by a name of its own.
        var all = (await CommandLineProgram.RunAsync("--help")).AssertClean().Output;
        var verbs = all.SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Trim().Split(' ')[0]).ToList();
        Assert.Equal(16, verbs.Count);
        foreach (var verb in verbs)
        {
            var help = (await CommandLineProgram.RunAsync(verb, "--help")).AssertClean().Output;
            Assert.Contains(help, line => line.Contains($"actorcompute {verb}", StringComparison.Ordinal));
        }
    }

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
    public async Task Info_Always_SaysWhatRuns()
    {
        var result = (await CommandLineProgram.RunAsync("info")).AssertClean();
        var facts = result.Output.Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries)).ToDictionary(fact => fact[0], fact => fact[1]);
        Assert.Matches(new Regex(@"^\d+\.\d+\.\d+"), facts["version"]);
        Assert.Matches(new Regex(@"^Akka\.NET \d+\.\d+\.\d+$"), facts["engine"]);
        Assert.Equal($"{Environment.ProcessorCount}", facts["cores"]);
        Assert.Contains(".NET", facts["runtime"], StringComparison.Ordinal);
        Assert.NotEmpty(facts["inflate"]);
        Assert.Equal("scan, flagstat, depth, primes-test, primes-count, primes-list, fib, sum-squares, count, sleep, echo, fetch, command", facts["kinds"]);
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

    [Fact]
    public async Task MakeBam_NewFile_WritesItWithItsIndex()
    {
        using var folder = new TestFolder();
        var (made, known) = (folder.PathOf("made.bam"), folder.PathOf("known.bam"));
        var result = (await CommandLineProgram.RunAsync("make-bam", made, "--reads", "3_000", "--seed", "7")).AssertExit(0);
        Assert.Empty(result.Output);
        SyntheticBam.Write(known, 3000, 7);
        Assert.Equal(File.ReadAllBytes(known), File.ReadAllBytes(made));
        Assert.Equal(File.ReadAllBytes(known + ".bai"), File.ReadAllBytes(made + ".bai"));
    }

    [Fact]
    public async Task MakeBam_FileIsThere_LeavesItAlone()
    {
        using var folder = new TestFolder();
        var path = folder.Write("mine.bam", "not to be lost");
        (await CommandLineProgram.RunAsync("make-bam", path, "--reads", "10")).AssertRefused(2, path, "--force");
        Assert.Equal("not to be lost", File.ReadAllText(path));
        (await CommandLineProgram.RunAsync("make-bam", path, "--reads", "10", "--force")).AssertExit(0);
        // The same file as where none was, with an index that fits, and nothing beside.
        SyntheticBam.Write(folder.PathOf("known.bam"), 10, 1);
        Assert.Equal(File.ReadAllBytes(folder.PathOf("known.bam")), File.ReadAllBytes(path));
        Assert.Equal(File.ReadAllBytes(folder.PathOf("known.bam.bai")), File.ReadAllBytes(path + ".bai"));
        Assert.Equal(4, Directory.GetFiles(Path.GetDirectoryName(path)!).Length);
    }

    [Fact]
    public async Task MakeBam_FolderIsMissing_OneLineNamesThePath()
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.PathOf("missing"), "out.bam");
        (await CommandLineProgram.RunAsync("make-bam", path, "--reads", "10")).AssertRefused(2, path);
    }
}
