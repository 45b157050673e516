using ActorCompute.Cli.Output;
using ActorCompute.Kinds;
using ActorCompute.Kinds.Programs;

namespace ActorCompute.Cli.Tests.Output;

public sealed class JobLogTests
{
    private static readonly CommandFunction Kind = BuiltInKinds.Command;

    private static readonly TaskRun Run = new("w1", "node7", 12, 1, TimeSpan.FromSeconds(2.5));

    private static readonly CommandResult Done = new() { ExitCode = 0, StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_125), Elapsed = TimeSpan.FromSeconds(0.25), OutputBytes = new byte[5] };

    [Fact]
    public void Add_OutcomesOfEachSort_AsGnuParallelWritesThem()
    {
        var text = new StringWriter { NewLine = "\n" };
        using (var log = new JobLog(text, (input, number) => $"wc {input} {number}"))
        {
            log.Add(Of(0, "a b\n\tc", Done));
            log.Add(Of(2, "k", Done with { ExitCode = 137, Signal = 9 }));
            log.Add(Of(1, "t", new TaskFailure(FailureCause.TimedOut, "", "it ran for 2.5 s")));
            log.Add(Of(3, "n", new TaskFailure(FailureCause.BadInput, "", "it is not there")));
        }

        Assert.Equal(
            """
            Seq	Host	Starttime	JobRuntime	Send	Receive	Exitval	Signal	Command
            1	node7	1700000000.125	     0.250	0	5	0	0	wc a b  c 1
            3	node7	1700000000.125	     0.250	0	5	0	9	wc k 3
            2	node7	0.000	     2.500	0	0	-1	15	wc t 2
            4	node7	0.000	     2.500	0	0	-1	0	wc n 4

            """.ReplaceLineEndings("\n"),
            text.ToString());
    }

    [Theory]
    [InlineData("false", "wc -c 'a b'")]
    [InlineData("true", "wc -c 'a b'")]
    public void Shown_JobOfPrograms_IsWhatAPersonWouldType(string shell, string expected)
    {
        var values = new ParameterValues().Add("item", "a b").Add("word", "wc").Add("word", "-c").Add("word", "{}").Add("shell", shell);
        Assert.Equal(expected, CommandFunction.Shown(((IJobKind)Kind).Prepare(values))?.Invoke("a b", 1));
    }

    [Fact]
    public void Shown_OtherKind_IsNone() => Assert.Null(CommandFunction.Shown(((IJobKind)BuiltInKinds.Echo).Prepare(new ParameterValues().Add("item", "a"))));

    private static TaskOutcome Of(long number, string input, CommandResult result) => new(number, Kind.InputCodec.ToBytes(input), Kind.OutputCodec.ToBytes(result), null, Run);

    private static TaskOutcome Of(long number, string input, TaskFailure failure) => new(number, Kind.InputCodec.ToBytes(input), default, failure, Run);
}
