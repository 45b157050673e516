using System.Globalization;
using System.Text;
using ActorCompute.EndToEnd;

namespace ActorCompute.Samples.Tests;

/// <summary>Kinds of a user through the command line: <c>run NAME --plugins DIR</c>, in every way to give inputs and take answers.</summary>
[Collection(SampleTests.Name)]
public sealed class OwnKindTests(SampleEnvironment environment) : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Run_OwnClusterWithARange_GivesEachResult()
    {
        var result = (await CommandLineProgram.RunAsync("run", "collatz", "--plugins", OwnKindFolder.Path, "--workers", "2", "--range", "1..1e4")).AssertClean();
        Assert.Equal(10_000, result.Rows.Count);
        Assert.All(result.Rows, row => Assert.Equal($"{Steps(long.Parse(row["input"], CultureInfo.InvariantCulture))}", row["result"]));
    }

    [Fact]
    public async Task Run_ItemsFileAndRange_AllInThisOrder()
    {
        var file = _folder.Write("inputs.txt", "7\n\n 27 \n");
        var result = (await RunAsync("run", "collatz", "--item", "1", "--item", "2", "--range", "3..9..3", "--input", file, "--ordered")).AssertClean();
        Assert.Equal(["1", "2", "3", "6", "9", "7", "27"], result.Rows.Select(row => row["input"]));
        Assert.Equal("111", result.Rows[^1]["result"]);
    }

    [Fact]
    public async Task Run_StandardInput_IsRead()
    {
        var cluster = await environment.PluginsAsync();
        await using var program = RunningProgram.Start("Cli", "actorcompute", ["run", "collatz", "--plugins", OwnKindFolder.Path, "--input", "-", "--ordered", "--cluster", cluster.Address]);
        await program.Input.WriteAsync("1\n2\n97\n");
        program.Input.Close();
        var result = (await program.WaitAsync("the command")).AssertClean();
        Assert.Equal(["0", "1", "118"], result.Rows.Select(row => row["result"]));
    }

    [Fact]
    public async Task Run_BadLine_IsNamedAndNothingRuns()
    {
        var file = _folder.Write("inputs.txt", "7\nseven\n");
        (await RunAsync("run", "collatz", "--input", file)).AssertRefused(2, file, "line 2", "'seven' is not a whole number");
        (await RunAsync("run", "collatz")).AssertRefused(2, "give --item X, --input FILE or --range A..B");
        (await RunAsync("run", "collatz", "--range", "9..1")).AssertRefused(2, "ends before it begins");
        (await RunAsync("run", "collatz", "--item", "1", "-p", "x")).AssertRefused(2, "write NAME=VALUE");
        (await RunAsync("run", "collatz", "--item", "1", "-p", "speed=9")).AssertRefused(2, "collatz has no parameter 'speed'");
    }

    [Fact]
    public async Task Run_OneInputFails_TheOthersAreShownAndTheExitStatusIsOne()
    {
        var result = (await RunAsync("run", "collatz", "--item", "0", "--item", "6")).AssertExit(1);
        Assert.Equal("8", Assert.Single(result.Rows)["result"]);
        Assert.Contains(result.Error, line => line.Contains("0 is below 1; give 1 or more.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_IoFunctionWithAParameter_GetsIt()
    {
        var file = _folder.Write("2k.bin", new byte[2048]);
        Assert.Equal("2", Assert.Single((await RunAsync("run", "file-length", "--item", file, "-p", "unit=KiB")).AssertClean().Rows)["result"]);
        var missing = (await RunAsync("run", "file-length", "--item", _folder.PathOf("nowhere"))).AssertExit(1);
        Assert.Contains(missing.Error, line => line.Contains("nowhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_KindWithPlanAndReduction_GivesOneRowTheSameEachTime()
    {
        string[] command = ["run", "monte-carlo-pi", "-p", "points=1e6", "-p", "tasks=37"];
        var first = (await RunAsync(command)).AssertClean();
        var pi = double.Parse(Assert.Single(first.Rows)["pi"], CultureInfo.InvariantCulture);
        Assert.InRange(pi, 3.13, 3.15);
        Assert.Equal("1000000", first.Rows[0]["points"]);
        Assert.Equal(first.Output, (await RunAsync(command)).Output);
        (await RunAsync("run", "monte-carlo-pi")).AssertRefused(2, "points is missing");
        (await RunAsync("run", "monte-carlo-pi", "-p", "points=many")).AssertRefused(2, "points 'many'");
    }

    [Fact]
    public async Task Run_Csv_QuotesWhatNeedsIt()
    {
        var file = _folder.Write("a, \"b\".txt", "x");
        var result = (await RunAsync("run", "file-length", "--item", file, "--format", "csv")).AssertClean();
        Assert.Equal(["input,result", $"\"{file.Replace("\"", "\"\"", StringComparison.Ordinal)}\",1"], result.Output);
    }

    [Theory]
    [InlineData("answer.csv", "input,result\n6,8\n")]
    [InlineData("answer.tsv", "input\tresult\n6\t8\n")]
    [InlineData("answer.txt", "input\tresult\n6\t8\n")]
    public async Task Run_OutFile_ItsEndingSaysTheFormat(string name, string content)
    {
        var file = _folder.Write(name, "what was there before");
        Assert.Empty((await RunAsync("run", "collatz", "--item", "6", "--out", file)).AssertClean().Output);
        Assert.Equal(content, await File.ReadAllTextAsync(file));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!, name + "*"));
    }

    [Fact]
    public async Task Run_OutFileAsJson_IsWhole()
    {
        var (json, lines) = (_folder.PathOf("a.json"), _folder.PathOf("a.jsonl"));
        (await RunAsync("run", "collatz", "--item", "6", "-o", json)).AssertClean();
        Assert.Equal(8, JsonAnswer.ParseText(await File.ReadAllTextAsync(json)).GetProperty("rows")[0].GetProperty("result").GetInt32());
        (await RunAsync("run", "collatz", "--item", "6", "-o", lines)).AssertClean();
        Assert.Equal(8, JsonAnswer.ParseText((await File.ReadAllLinesAsync(lines))[0]).GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Run_OutFileCannotBeWritten_IsRefusedBeforeAnythingRuns()
    {
        (await RunAsync("run", "collatz", "--item", "6", "--out", _folder.PathOf(Path.Combine("nowhere", "a.csv")))).AssertRefused(2, "there is no folder");
        (await RunAsync("run", "collatz", "--item", "6", "--out", _folder.PathOf(""))).AssertRefused(2, "it is a folder");
    }

    [UnixFact]
    public async Task Run_CancelledWithOutFile_TheOldFileStaysAndWhatThereIsIsBeside()
    {
        var cluster = await environment.PluginsAsync();
        var file = _folder.Write("answer.csv", "before");
        await using var program = RunningProgram.StartCli("run", "collatz", "--plugins", OwnKindFolder.Path, "--range", "1..1e12", "--out", file, "--cluster", cluster.Address);
        await Poll.UntilAsync("rows are written", RunningProgram.Limit, () => Partial() is { Length: > 0 });
        Signal.Send(program.Id, Signal.Interrupt);
        var result = (await program.WaitAsync("the end after Ctrl-C")).AssertExit(130);
        Assert.Equal("before", await File.ReadAllTextAsync(file));
        Assert.StartsWith("input,result\n", await File.ReadAllTextAsync(Partial()!.FullName), StringComparison.Ordinal);
        Assert.Contains(result.Error, line => line.Contains(Partial()!.FullName, StringComparison.Ordinal));

        FileInfo? Partial() => new DirectoryInfo(Path.GetDirectoryName(file)!).EnumerateFiles("answer.csv.*.partial").SingleOrDefault();
    }

    [Fact]
    public async Task Kinds_WithPlugins_ListsThemWithWhereTheyComeFrom()
    {
        var answer = JsonAnswer.Parse((await CommandLineProgram.RunAsync("kinds", "--plugins", OwnKindFolder.Path, "--format", "json")).AssertClean());
        var collatz = answer.Rows.Single(row => row.GetProperty("kind").GetString() == "collatz");
        Assert.Equal(OwnKindFolder.File, collatz.GetProperty("origin").GetString());
        Assert.Equal("item?*, input?*, range?*", collatz.GetProperty("parameters").GetString());
        Assert.Equal("built in", answer.Rows.Single(row => row.GetProperty("kind").GetString() == "scan").GetProperty("origin").GetString());
    }

    [Fact]
    public async Task Kinds_GarbageAndTakenName_WarnAndTheRestIsListed()
    {
        _folder.Write("garbage.dll", Encoding.ASCII.GetBytes("no assembly"));
        File.Copy(OwnKindFolder.File, _folder.PathOf("a.dll"));
        File.Copy(OwnKindFolder.File, _folder.PathOf("b.dll"));
        var result = (await CommandLineProgram.RunAsync("kinds", "--plugins", _folder.PathOf(""), "--format", "tsv")).AssertExit(1);
        Assert.Contains(result.Rows, row => row["kind"] == "collatz" && row["origin"] == _folder.PathOf("a.dll"));
        Assert.Contains(result.Error, line => line.Contains("b.dll", StringComparison.Ordinal) && line.Contains("'collatz' is taken by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_PluginFolderMissingOrKindUnknown_SaysWhatToDo()
    {
        (await CommandLineProgram.RunAsync("run", "collatz", "--plugins", _folder.PathOf("nowhere"), "--item", "1")).AssertRefused(2, "the plug-in folder", "nowhere");
        (await CommandLineProgram.RunAsync("run", "colatz", "--plugins", OwnKindFolder.Path, "--item", "1")).AssertRefused(2, "there is no kind 'colatz'", "Did you mean 'collatz'?");
    }

    [Fact]
    public async Task Run_WorkersWithoutTheKind_SayWhatIsMissing()
    {
        await using var cluster = await TestCluster.StartAsync(workers: 1);
        (await cluster.RunAsync("run", "collatz", "--plugins", OwnKindFolder.Path, "--item", "1")).AssertExit(3).AssertSays("error: ", "no worker can run 'collatz'", "this worker has no kind 'collatz'", "--plugins");
    }

    [Fact]
    public async Task Run_WorkersWithAnotherBuild_SayThatBothMustBeTheSame()
    {
        // Workers of 'up' would load the client's build from its path: those that were started by themselves do not.
        await using var cluster = await TestCluster.StartAsync(workers: 1, workerArguments: ["--plugins", OwnKindFolder.Path]);
        _folder.Write("other.dll", AnotherBuild());
        (await CommandLineProgram.RunAsync("run", "collatz", "--plugins", _folder.PathOf(""), "--item", "1", "--cluster", cluster.Address)).AssertExit(3).AssertSays("error: ", "no worker can run 'collatz'", "(build ", "the client 1 (build ", "the same");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The plug-in as if it had been built again: the same but for the id that the compiler gives each build.</summary>
    private static byte[] AnotherBuild()
    {
        var bytes = File.ReadAllBytes(OwnKindFolder.File);
        using var file = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(bytes));
        var reader = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(file);
        var id = reader.GetGuid(reader.GetModuleDefinition().Mvid).ToByteArray();
        var at = bytes.AsSpan().IndexOf(id);
        bytes[at] ^= 0xFF;
        return bytes;
    }

    private static int Steps(long number)
    {
        var steps = 0;
        for (; number != 1; steps++) number = number % 2 == 0 ? number / 2 : (3 * number) + 1;
        return steps;
    }

    private async Task<ProgramResult> RunAsync(params string[] arguments) => await (await environment.PluginsAsync()).RunAsync([.. arguments, "--plugins", OwnKindFolder.Path]);
}
