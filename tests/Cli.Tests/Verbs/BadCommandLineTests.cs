namespace ActorCompute.Cli.Tests.Verbs;

/// <summary>Mistakes that are seen before any process is started: a line that says what is wrong, exit status 2, nothing else.</summary>
[Collection(InProcessCli.Collection)]
public sealed class BadCommandLineTests
{
    [Theory]
    [InlineData("", "a command is missing")]
    [InlineData("scna x.bam", "no command 'scna'", "'scan'")]
    [InlineData("primes", "a command is missing", "test, count, list")]
    [InlineData("primes tset 7", "no command 'tset'", "'test'")]
    [InlineData("xyzzy", "no command 'xyzzy'")]
    [InlineData("primes test 7 --fromat tsv", "no option '--fromat'", "'--format'")]
    [InlineData("primes count 1 10 --wrkers 2", "no option '--wrkers'", "'--workers'")]
    [InlineData("primes count --wrkers 2 1 10", "no option '--wrkers'", "'--workers'")]
    [InlineData("scan x.bam --exclude-flag=4", "no option '--exclude-flag'", "'--exclude-flags'")]
    [InlineData("scan x.bam -Z", "no option '-Z'")]
    [InlineData("info extra", "'extra'")]
    [InlineData("primes count 1", "B is missing")]
    [InlineData("primes count 1 2 3", "'3'")]
    [InlineData("scan", "FILE.bam is missing")]
    [InlineData("primes test 7 --workers", "--workers needs a value")]
    [InlineData("primes test 7 --workers 0", "--workers 0")]
    [InlineData("primes test 7 --workers -1", "--workers -1")]
    [InlineData("primes test 7 --workers many", "--workers", "'many'")]
    [InlineData("primes test 7 --slots 0", "--slots 0")]
    [InlineData("primes test 7 --workers 2 --cluster 127.0.0.1:4053", "--workers", "--cluster")]
    [InlineData("primes test 7 --format nonsense", "--format", "'nonsense'", "tsv", "json")]
    [InlineData("primes test 7 --progress loud", "--progress", "'loud'", "plain")]
    [InlineData("primes test 7 --straggler-factor 0.5", "--straggler-factor 0.5")]
    [InlineData("primes test 7 --straggler-factor NaN", "--straggler-factor")]
    [InlineData("primes test 7 --cluster nonsense", "'nonsense'", "HOST:PORT")]
    [InlineData("primes test 7 --cluster 127.0.0.1:99999", "'99999'")]
    public Task Command_Mistyped_OneLineNamesIt(string arguments, params string[] said) => AssertRefusedAsync(arguments, said);

    [Theory]
    [InlineData("primes test", "no number")]
    [InlineData("primes test -5", "'-5' is negative")]
    [InlineData("primes test 2^64", "'2^64' is too large", "18446744073709551615")]
    [InlineData("primes test 18446744073709551616", "'18446744073709551616' is too large")]
    [InlineData("primes test 1.5", "'1.5' is not an integer")]
    [InlineData("primes test seven", "'seven' is not a number")]
    [InlineData("primes test 7 12x", "'12x' is not a number")]
    [InlineData("primes test --from-file missing.txt", "missing.txt: no such file")]
    [InlineData("primes count -5 10", "'-5' is negative")]
    [InlineData("primes count 1 1e30", "'1e30' is too large")]
    [InlineData("primes count 10 1", "range 10 to 1 is empty")]
    [InlineData("primes list 10 1", "range 10 to 1 is empty")]
    [InlineData("primes count 1 x", "'x' is not a number")]
    [InlineData("make-bam out.bam --reads 0", "--reads 0")]
    [InlineData("make-bam out.bam --reads lots", "--reads", "'lots'")]
    public Task Number_Wrong_OneLineNamesIt(string arguments, params string[] said) => AssertRefusedAsync(arguments, said);

    [Fact]
    public async Task FromFile_LineIsNoNumber_NamesFileAndLine()
    {
        using var folder = new TestFolder();
        var path = folder.Write("numbers.txt", "7\n# a comment\n\nseven\n");
        (await InProcessCli.RunAsync("primes", "test", "--from-file", path)).AssertRefused(2, path, "line 4", "'seven'");
    }

    [Fact]
    public async Task FromFile_BinaryFile_NamesFileAndLine()
    {
        using var folder = new TestFolder();
        var path = folder.Write("numbers.bin", new byte[100_000]);
        (await InProcessCli.RunAsync("primes", "test", "--from-file", path)).AssertRefused(2, path, "line 1");
    }

    [Theory]
    [InlineData("--timeout", "soon")]
    [InlineData("--timeout", "0")]
    [InlineData("--grace", "-1s")]
    [InlineData("--deadline", "100d")]
    [InlineData("--max-worker-deaths", "0")]
    public async Task Options_OutOfRange_AreRefused(string option, string value) =>
        (await InProcessCli.RunAsync("run", "echo", "--item", "a", $"{option}={value}")).AssertRefused(2, option);

    [Theory]
    [InlineData("the program is missing", "run", "command", "--item", "x")]
    [InlineData("write -- before the program", "run", "command", "--item", "x", "wc", "{}")]
    [InlineData("there is nothing to call the function with", "run", "command", "--", "wc")]
    [InlineData("quotation marks", "run", "command", "--item", "x", "--shell", "--", "sh -c 'echo {}'")]
    [InlineData("give bytes", "run", "command", "--item", "x", "--max-output", "1G", "--", "wc")]
    [InlineData("--format raw", "run", "echo", "--item", "x", "--format", "raw")]
    public async Task Run_BadCommandLine_IsRefusedBeforeAnythingRuns(string what, params string[] arguments) =>
        (await InProcessCli.RunAsync(arguments)).AssertRefused(2, what);

    [Theory]
    [InlineData("fib", "abc", "'abc' is not a whole number")]
    [InlineData("fib", "1.5", "'1.5' is not a whole number")]
    public async Task Run_InputOfAnotherType_IsRefusedInPlainWords(string kind, string item, string reason) =>
        (await InProcessCli.RunAsync("run", kind, "--item", item)).AssertRefused(2, reason);

    [Fact]
    public async Task Client_SecretFileIsMissing_OneLineNamesIt() =>
        (await InProcessCli.RunAsync("primes", "test", "7", "--cluster", "127.0.0.1:4053", "--secret-file", "missing.secret")).AssertRefused(2, "missing.secret");

    private static async Task AssertRefusedAsync(string arguments, string[] said) =>
        (await InProcessCli.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))).AssertRefused(2, said);
}
