using System.CommandLine;
using System.Globalization;
using ActorCompute.Kinds;
using ActorCompute.Kinds.Programs;

namespace ActorCompute.Cli.Output;

/// <summary>A line about each program as it ends, in the columns of GNU parallel's job log. What is there is written over.</summary>
internal sealed class JobLog : IDisposable
{
    public const string Option = "--joblog";

    private const string Header = "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand";

    // As GNU parallel has it for what was ended for its time.
    private const int Terminated = 15;
    private const int Unknown = -1;

    private static readonly ICodec<string> Inputs = BuiltInKinds.Command.InputCodec;
    private static readonly ICodec<CommandResult> Results = BuiltInKinds.Command.OutputCodec;

    private readonly TextWriter _writer;
    private readonly Func<string, long, string> _show;

    /// <param name="writer">Where the lines go; disposed with this.</param>
    /// <param name="show">The command for an input and its task's number, from 1.</param>
    internal JobLog(TextWriter writer, Func<string, long, string> show)
    {
        (_writer, _show) = (writer, show);
        _writer.WriteLine(Header);
        _writer.Flush();
    }

    public static Option<string?> CreateOption() => new(Option) { Description = "Write a line about each program into this file as it ends: number, host, start, run time, bytes of output, exit status, signal, command, as GNU parallel's job log." };

    /// <exception cref="InputException">It cannot be written there, or the job runs no programs.</exception>
    public static JobLog Create(AnswerPlace place, Job job)
    {
        var show = CommandFunction.Shown(job) ?? throw new InputException($"{Option}: the kind '{job.Kind.Name}' runs no programs; it goes with 'run command'.");
        try
        {
            return new(AnswerWriters.To(new FileStream(place.Target, place.IsStream ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0)), show);
        }
        catch (Exception e) when (FileProblem.IsOne(e))
        {
            throw new InputException($"{Option} {place.Given}: it cannot be written: {e.Message}", e);
        }
    }

    public void Add(TaskOutcome outcome)
    {
        var result = outcome.Failure is { } failure ? CommandResult.Of(failure) : Results.Read(outcome.Result.Span);
        var (exit, signal) = result is { Signal: { } ended } ? (0, ended)
            : result is not null ? (result.ExitCode, 0)
            : (Unknown, outcome.Failure?.Cause == FailureCause.TimedOut ? Terminated : 0);
        var number = outcome.Number + 1;
        var command = _show(Inputs.Read(outcome.Task.Span), number).Replace('\t', ' ').ReplaceLineEndings(" ");
        var startedAt = (result?.StartedAt.ToUnixTimeMilliseconds() ?? 0) / 1000.0;
        var seconds = (result?.Elapsed ?? outcome.Run.Elapsed).TotalSeconds;
        _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number}\t{outcome.Run.Host}\t{startedAt:F3}\t{seconds,10:F3}\t0\t{result?.OutputBytes.Length ?? 0}\t{exit}\t{signal}\t{command}"));
        // Whoever follows the file sees it at once.
        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();
}
