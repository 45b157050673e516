using System.Text;
using ActorCompute.Kinds.Programs;

namespace ActorCompute.Kinds.Tests.Programs;

public sealed class CommandFunctionTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Run_Words_TheInputIsPutInAndNothingElseChanged()
    {
        var runner = new FakeRunner(_ => Result(0, "out"));
        var answer = InProcess.Run(new CommandFunction(runner), ("item", "a b.txt"), ("item", "-rf"), ("word", "wc"), ("word", "{#}:{}"), ("word", "$(x)"), ("folder", "/data"), ("max-output", "64K"));
        Assert.Empty(answer.Notes);
        Assert.Equal(["wc 1:a b.txt $(x)", "wc 2:-rf $(x)"], runner.Launches.Select(launch => string.Join(' ', launch.Words)));
        Assert.All(runner.Launches, launch => Assert.Equal((null, "/data", 65536), (launch.ShellText, launch.Folder, launch.MaxOutput)));
        Assert.Equal(["a b.txt", 0, null, "out", "err", false, "2026-03-01T12:00:00.000Z", 1.5, "w"], answer.Rows[0].Values);
        Assert.Equal("out"u8.ToArray(), answer.Rows[0].Output.ToArray());
    }

    [Fact]
    public void Run_NoPlaceholder_TheInputIsTheLastArgument()
    {
        var runner = new FakeRunner(_ => Result(0, ""));
        InProcess.Run(new CommandFunction(runner), ("item", "x y"), ("word", "wc"), ("word", "-c"));
        Assert.Equal(["wc", "-c", "x y"], Assert.Single(runner.Launches).Words);
    }

    [Fact]
    public void Run_OtherStatus_FailsWithItAndTheLastLinesOfStandardError()
    {
        var answer = InProcess.Run(new CommandFunction(new FakeRunner(_ => Result(3, "out"))), ("item", "x"), ("word", "false"));
        var note = Assert.Single(answer.Notes);
        Assert.Equal("x: false exited with status 3: err", note.Text);
        Assert.True(note.IsIncomplete);
    }

    [Fact]
    public void Run_AnyStatus_IsAResult()
    {
        var answer = InProcess.Run(new CommandFunction(new FakeRunner(_ => Result(3, "out"))), ("item", "x"), ("word", "false"), ("any-status", "true"));
        Assert.Empty(answer.Notes);
        Assert.Equal(3, Assert.Single(answer.Rows).Values[1]);
    }

    [Fact]
    public void Run_OutputCut_TheAnswerIsIncomplete() =>
        Assert.True(Assert.Single(InProcess.Run(new CommandFunction(new FakeRunner(_ => Result(0, "out") with { IsOutputCut = true })), ("item", "x"), ("word", "yes")).Notes).IsIncomplete);

    [Fact]
    public void Run_WorkerThatRunsNone_SaysWhatAllowsIt() =>
        Assert.Contains("--allow-commands", Assert.Single(InProcess.Run(BuiltInKinds.Command, ("item", "x"), ("word", "id")).Notes).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("word", "", "program is missing")]
    [InlineData("word", "a\0b", "character 0")]
    [InlineData("max-output", "3M", "give bytes")]
    [InlineData("max-output", "-1", "max-output")]
    [InlineData("max-output", "1G", "max-output")]
    [InlineData("shell", "yes", "true or false")]
    [InlineData("any-status", "1", "true or false")]
    public void Prepare_BadParameter_IsRefused(string name, string value, string what)
    {
        var error = Assert.Throws<InputException>(() => InProcess.Prepare(BuiltInKinds.Command, [("item", "x"), .. name == "word" ? [] : new[] { ("word", "id") }, (name, value)]));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prepare_ShellWithAPlaceholderInQuotes_IsRefusedBeforeAnythingRuns() =>
        Assert.Throws<InputException>(() => InProcess.Prepare(BuiltInKinds.Command, ("item", "x"), ("word", "sh -c '{}'"), ("shell", "true")));

    [Fact]
    public void Codec_Result_ComesBackByteForByte()
    {
        var result = Result(137, "") with { Signal = 9, OutputBytes = new byte[] { 0, 255, 10, 13 }, IsErrorCut = true };
        var read = CommandResultCodec.Instance.Read(CommandResultCodec.Instance.ToBytes(result));
        Assert.Equal(result.OutputBytes.ToArray(), read.OutputBytes.ToArray());
        Assert.Equal(result.ErrorBytes.ToArray(), read.ErrorBytes.ToArray());
        Assert.Equal(result with { OutputBytes = default, ErrorBytes = default }, read with { OutputBytes = default, ErrorBytes = default });
    }

    [Fact]
    public void Codec_EveryStartOfIt_IsRefused()
    {
        var bytes = CommandResultCodec.Instance.ToBytes(Result(0, "output"));
        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Throws<FormatException>(() => CommandResultCodec.Instance.Read(bytes.AsSpan(0, length))));
    }

    [Fact]
    public void Of_FailureOfAnythingElse_IsNull()
    {
        Assert.Null(CommandResult.Of(new(FailureCause.TimedOut, "", "it ran for 2 s")));
        var error = new CommandFailedException("x", Result(3, "out"));
        Assert.Equal(3, CommandResult.Of(new(FailureCause.Exception, typeof(CommandFailedException).FullName!, error.Message) { Report = error.Report })?.ExitCode);
    }

    [Fact]
    public void Run_Call_IsTheSameJobAsByParameters()
    {
        var call = (Commands.Run("wc", "-c") with { Folder = "/data", MaxOutput = 10, AnyStatus = true }).Bound();
        var job = InProcess.Prepare(BuiltInKinds.Command, ("item", "x"), ("word", "wc"), ("word", "-c"), ("folder", "/data"), ("max-output", "10"), ("any-status", "true"));
        Assert.Equal(Encoding.UTF8.GetString(job.Parameters.Span), Encoding.UTF8.GetString(call.EncodeGiven().Span));
        Assert.False(((IJobKind)call).MayRunTwiceAtOnce);
    }

    private static CommandResult Result(int exitCode, string output) => new()
    {
        ExitCode = exitCode,
        StartedAt = Start,
        Elapsed = TimeSpan.FromSeconds(1.5),
        OutputBytes = Encoding.UTF8.GetBytes(output),
        ErrorBytes = "err"u8.ToArray(),
    };

    private sealed class FakeRunner(Func<CommandLaunch, CommandResult> run) : ICommandRunner
    {
        public List<CommandLaunch> Launches { get; } = [];

        public CommandResult Run(CommandLaunch launch, in TaskContext context)
        {
            Launches.Add(launch);
            return run(launch);
        }
    }
}
