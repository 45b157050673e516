using System.Globalization;
using System.Text.Json;

namespace ActorCompute.EndToEnd.Programs;

/// <summary><c>run command</c>: what is typed, what the programs get, and what comes out.</summary>
[Collection(Lane.Commands)]
public sealed class CommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    /// <summary>Names with everything that a shell would make something else of.</summary>
    public static TheoryData<string> Hostile =>
    [
        "a b", "it's", "\"", "'; touch broken; '", "\"; touch broken; \"", "$(touch broken)", "`touch broken`", "a\nb", "a\n; touch broken", "-rf", "--", "*", "~", "${1}", "{}", "a\\", "#x", "&", "é漢",
    ];

    [UnixFact]
    public async Task Run_ThreeHundredFiles_EachOutputInTheOrderOfTheInputs()
    {
        var files = Enumerable.Range(1, 300).Select(i => _folder.Write($"file {i}.txt", new byte[i])).ToList();
        var list = _folder.Write("list", string.Join('\n', files));
        var result = await CommandLineProgram.RunAsync("run", "command", "--input", list, "--workers", "2", "--slots", "2", "--ordered", "--", "wc", "-c");
        Assert.Equal(files.Select((file, i) => $"{i + 1} {file}"), result.AssertExit(0).Output);
        result.AssertSays("300 inputs, ");
    }

    [UnixFact]
    public async Task Run_ManyLinesEach_NoneAreMixed()
    {
        var result = await CommandLineProgram.RunAsync("run", "command", "--range", "1..20", "--workers", "2", "--slots", "3", "--", "sh", "-c", "i=0; while [ $i -lt 300 ]; do echo $0 $i; i=$((i+1)); done");
        var lines = result.AssertExit(0).Output;
        Assert.Equal(6000, lines.Count);
        var blocks = lines.Chunk(300).ToList();
        Assert.Equal(Enumerable.Range(1, 20).Select(Text).Order(), blocks.Select(block => block[0].Split(' ')[0]).Order());
        Assert.All(blocks, block => Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{block[0].Split(' ')[0]} {i}"), block));
    }

    [UnixTheory]
    [MemberData(nameof(Hostile))]
    public async Task Run_HostileInput_ReachesTheProgramAsItIs(string input)
    {
        var plain = await CommandLineProgram.RunAsync("run", "command", "--item", input, "--workers", "1", "--folder", _folder.PathOf(""), "--format", "json", "--", "printf", "<%s>", "{}");
        Assert.Equal($"<{input}>", Assert.Single(JsonAnswer.Parse(plain.AssertExit(0)).Rows).GetProperty("stdout").GetString());
        var shell = await CommandLineProgram.RunAsync("run", "command", "--item", input, "--workers", "1", "--folder", _folder.PathOf(""), "--format", "json", "--shell", "--", "printf '<%s>' {} | cat");
        Assert.Equal($"<{input}>", Assert.Single(JsonAnswer.Parse(shell.AssertExit(0)).Rows).GetProperty("stdout").GetString());
        Assert.False(File.Exists(_folder.PathOf("broken")));
    }

    [UnixFact]
    public async Task Run_SomeFail_OutputsStatusesAndJobLog()
    {
        var log = _folder.PathOf("log");
        var result = await CommandLineProgram.RunAsync("run", "command", "--range", "0..2", "--workers", "1", "--ordered", "--joblog", log, "--", "sh", "-c", "echo out$0; echo err$0 >&2; exit $0");
        result.AssertExit(1).AssertSays("error: 2: ", "sh exited with status 2: err2").AssertSays("3 inputs, 2 failed, ");
        Assert.Equal(["out0", "out1", "out2"], result.Output);
        Assert.Equal(["err0", "err1", "err2"], result.Error.Where(line => line.StartsWith("err", StringComparison.Ordinal) && !line.StartsWith("error", StringComparison.Ordinal)));
        var lines = await File.ReadAllLinesAsync(log);
        Assert.Equal("Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand", lines[0]);
        Assert.Equal(["1 5 0 0", "2 5 1 0", "3 5 2 0"], lines.Skip(1).Select(line => line.Split('\t')).Select(fields => $"{fields[0]} {fields[5]} {fields[6]} {fields[7]}"));
        Assert.EndsWith("\tsh -c 'echo out$0; echo err$0 >&2; exit $0' 1", lines[2], StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task Run_JsonLines_HaveAllThatIsKnown()
    {
        var result = await CommandLineProgram.RunAsync("run", "command", "--item", "x.tar.gz", "--workers", "1", "--any-status", "--format", "jsonl", "--", "sh", "-c", "echo {.}; echo e >&2; kill -9 $$");
        var row = JsonDocument.Parse(Assert.Single(result.AssertExit(0).Output)).RootElement;
        Assert.Equal(("x.tar.gz", 137, 9, "x.tar\n", "e\n", false, "1"), (row.GetProperty("input").GetString(), row.GetProperty("exit").GetInt32(), row.GetProperty("signal").GetInt32(), row.GetProperty("stdout").GetString(), row.GetProperty("stderr").GetString(), row.GetProperty("cut").GetBoolean(), row.GetProperty("worker").GetString()));
        Assert.InRange(row.GetProperty("seconds").GetDouble(), 0, RunningProgram.Limit.TotalSeconds);
    }

    [UnixFact]
    public async Task Run_MoreOutputThanIsKept_IsCutAndSaysSo()
    {
        var result = await CommandLineProgram.RunAsync("run", "command", "--item", "200000", "--workers", "1", "--max-output", "8", "--", "sh", "-c", "seq $0; seq $0 >&2");
        Assert.Equal(["1", "2", "3", "4"], result.AssertExit(1).AssertSays("error: 200000: its standard output was cut after 8 bytes", "--max-output").Output);
        Assert.Equal("200000", result.Error[1]);
    }

    [UnixFact]
    public async Task Run_IntoAFile_IsByteForByteWhatWasWritten()
    {
        var file = _folder.PathOf("all.bin");
        (await CommandLineProgram.RunAsync("run", "command", "--range", "1..3", "--workers", "1", "--ordered", "--out", file, "--", "printf", "\\000\\377{}")).AssertExit(0);
        Assert.Equal([0, 255, (byte)'1', 0, 255, (byte)'2', 0, 255, (byte)'3'], await File.ReadAllBytesAsync(file));
    }

    [UnixFact]
    public async Task Run_StandardInput_IsEmptyAndTheFolderIsTheCallers()
    {
        await using var program = RunningProgram.StartShell(_folder.PathOf(""), "printf 'a\\nb\\n' | \"$0\" run command --input - --workers 1 --ordered -- sh -c 'cat; pwd; echo {}'");
        var folder = Path.GetFullPath(_folder.PathOf("")).TrimEnd('/');
        Assert.Equal([folder, "a", folder, "b"], (await program.WaitAsync("the command")).AssertExit(0).Output);
    }

    [UnixFact]
    public async Task Run_FailsTheFirstTime_IsTriedAgain()
    {
        var result = await CommandLineProgram.RunAsync("run", "command", "--item", "a", "--item", "b", "--workers", "1", "--retries", "1", "--ordered", "--folder", _folder.PathOf(""), "--", "sh", "-c", "if mkdir {}; then exit 9; else echo again {}; fi 2>/dev/null");
        Assert.Equal(["again a", "again b"], result.AssertExit(0).Output);
    }

    [UnixFact]
    public async Task Run_ProgramOrFolderThatIsNotThere_IsSaidOnceAndNotTriedAgain()
    {
        var program = await CommandLineProgram.RunAsync("run", "command", "--item", "a", "--workers", "1", "--retries", "5", "--format", "json", "--", "no-such-program", "{}");
        program.AssertExit(1).AssertSays("error: a: the program 'no-such-program' is not on this worker");
        Assert.Equal(1, Assert.Single(JsonAnswer.Parse(program).Rows).GetProperty("attempt").GetInt32());
        (await CommandLineProgram.RunAsync("run", "command", "--item", "a", "--workers", "1", "--folder", _folder.PathOf("gone"), "--", "echo")).AssertExit(1).AssertSays("error: a: the folder ", "gone is not on this worker", "--folder");
        (await CommandLineProgram.RunAsync("run", "command", "--item", "a", "--workers", "1", "--", _folder.Write("text", "no program"))).AssertExit(1).AssertSays("error: a: the program ", "may not be run");
    }

    public void Dispose() => _folder.Dispose();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
