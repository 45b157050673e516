using System.Globalization;

namespace ActorCompute.Kinds.Programs;

/// <summary>A row for each program as it ends, failed or not; of one that was stopped, or never started, nothing is known.</summary>
internal sealed class CommandReduction : IReduction<string, CommandResult, (string Input, CommandResult Result)>
{
    public ResultSchema<(string Input, CommandResult Result)> Schema { get; } = new(
        [
            new("input", row => row.Input),
            new("exit", row => row.Result?.ExitCode),
            new("signal", row => row.Result?.Signal),
            new("stdout", row => row.Result?.StandardOutput),
            new("stderr", row => row.Result?.StandardError),
            new("cut", row => row.Result?.IsCut),
            new("start", row => row.Result?.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
            new("seconds", (row, run) => (row.Result?.Elapsed ?? run!.Elapsed).TotalSeconds, "s"),
            new("worker", (_, run) => run!.Worker),
        ])
    {
        TaskNoun = "input",
        Outputs = row => (row.Result?.OutputBytes ?? default, row.Result?.ErrorBytes ?? default),
    };

    public void Add(string task, CommandResult result, TaskRun run, IResultSink<(string Input, CommandResult Result)> sink)
    {
        sink.Row((task, result), run);
        if (result.IsOutputCut) sink.Note(Note.OfFailure($"{task}: its standard output was cut after {result.OutputBytes.Length} bytes; --max-output says how much is kept"));
    }

    public void AddFailure(string task, TaskFailure failure, TaskRun run, IResultSink<(string Input, CommandResult Result)> sink)
    {
        sink.Row((task, CommandResult.Of(failure)!), run);
        sink.Note(Note.OfFailure($"{task}: {failure.Message}"));
    }

    public void Complete(IResultSink<(string Input, CommandResult Result)> sink)
    {
    }
}
