using System.CommandLine;
using System.Text.RegularExpressions;
using ActorCompute.Kinds;

namespace ActorCompute.Cli.Tests.Verbs;

/// <summary>What the verbs say of themselves and of this build.</summary>
[Collection(InProcessCli.Collection)]
public sealed class HelpTests
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
        var result = (await InProcessCli.RunAsync(arguments.Split(' '))).AssertClean();
        var text = string.Join('\n', result.Output);
        Assert.All(names, name => Assert.Contains(name, text, StringComparison.Ordinal));
        Assert.DoesNotContain("--parent-pipe", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_OfEachVerbListed_IsItsOwn()
    {
        // With a verb first only that verb is made, by a name of its own.
        var all = (await InProcessCli.RunAsync("--help")).AssertClean().Output;
        var verbs = all.SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.Length > 0).Select(line => line.Trim().Split(' ')[0]).ToList();
        Assert.Equal(16, verbs.Count);
        foreach (var verb in verbs)
        {
            var help = (await InProcessCli.RunAsync(verb, "--help")).AssertClean().Output;
            Assert.Contains(help, line => line.Contains($"{RootCommand.ExecutableName} {verb}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Info_Always_SaysWhatRuns()
    {
        var result = (await InProcessCli.RunAsync("info")).AssertClean();
        var facts = result.Output.Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries)).ToDictionary(fact => fact[0], fact => fact[1]);
        Assert.Matches(new Regex(@"^\d+\.\d+\.\d+"), facts["version"]);
        Assert.Matches(new Regex(@"^Akka\.NET \d+\.\d+\.\d+$"), facts["engine"]);
        Assert.Equal($"{Environment.ProcessorCount}", facts["cores"]);
        Assert.Contains(".NET", facts["runtime"], StringComparison.Ordinal);
        Assert.NotEmpty(facts["inflate"]);
        Assert.Equal("scan, flagstat, depth, primes-test, primes-count, primes-list, fib, sum-squares, count, sleep, echo, fetch, command", facts["kinds"]);
    }

    [Fact]
    public async Task Help_OfTheVerb_SaysWhereTheProgramStands()
    {
        var help = string.Join('\n', (await InProcessCli.RunAsync("run", "command", "--help")).AssertClean().Output);
        Assert.All(["run command --input files.txt -- samtools view -c {}", "{/.}", "--shell", "--joblog", "--max-output", "--any-status"], text => Assert.Contains(text, help, StringComparison.Ordinal));
        Assert.Contains("run command --help", string.Join('\n', (await InProcessCli.RunAsync("run", "--help")).AssertClean().Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_Always_ListsEachWithItsParameters()
    {
        var rows = (await InProcessCli.RunAsync("kinds", "--format", "tsv")).AssertClean().Rows;
        Assert.Equal(BuiltInKinds.All.Select(kind => (kind.Name, "built in")), rows.Select(row => (row["kind"], row["origin"])));
        Assert.Equal("from, to", rows.Single(row => row["kind"] == "primes-count")["parameters"]);
    }

    [Fact]
    public async Task Kinds_PluginFolderIsMissing_IsRefused() => (await InProcessCli.RunAsync("kinds", "--plugins", "no-such-folder")).AssertRefused(2, "no-such-folder");

    /// <summary>It ends workers, and is for those who know of it.</summary>
    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("kinds", "--format", "tsv")]
    [InlineData("info")]
    public async Task Crash_WhereKindsAreShown_IsNot(params string[] arguments) =>
        Assert.DoesNotContain((await InProcessCli.RunAsync(arguments)).AssertClean().Output, line => line.Contains("crash", StringComparison.Ordinal));

    [Fact]
    public async Task Crash_NearName_IsNotSuggested()
    {
        var refused = (await InProcessCli.RunAsync("run", "crsh", "--item", "x")).AssertRefused(2, "no kind 'crsh'");
        Assert.DoesNotContain("crash", Assert.Single(refused.Error), StringComparison.Ordinal);
        (await InProcessCli.RunAsync("run", "sleap", "--item", "1")).AssertRefused(2, "no kind 'sleap'", "Did you mean 'sleep'");
    }

    /// <summary>Who names it has it checked as any other kind.</summary>
    [Fact]
    public async Task Crash_Named_IsFound() => (await InProcessCli.RunAsync("run", "crash", "--item", "x", "--param", "how=gently")).AssertRefused(2, "how=gently");
}
