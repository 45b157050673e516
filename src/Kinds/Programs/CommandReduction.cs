using System.Globalization;

namespace ActorCompute.Kinds.Programs;

/// <summary>A row for each program as it ends, failed or not.</summary>
internal sealed class CommandReduction : IReduction<string, CommandResult>
{
    public ResultSchema Schema { get; } = new(
        [new("input"), new("exit"), new("signal"), new("stdout"), new("stderr"), new("cut"), new("start"), new("seconds", "s"), new("worker")])
    { TaskNoun = "input", HasOutputs = true };

    public void Add(string task, CommandResult result, TaskRun run, IResultSink sink)
    {
        Row(task, result, run, sink);
        if (result.IsOutputCut) sink.Note(Note.OfFailure($"{task}: its standard output was cut after {result.OutputBytes.Length} bytes; --max-output says how much is kept"));
    }

    public void AddFailure(string task, TaskFailure failure, TaskRun run, IResultSink sink)
    {
        Row(task, CommandResult.Of(failure), run, sink);
        sink.Note(Note.OfFailure($"{task}: {failure.Message}"));
    }

    public void Complete(IResultSink sink)
    {
    }

    // Of a program that was stopped, or never started, nothing is known.
    private static void Row(string task, CommandResult? result, TaskRun run, IResultSink sink) =>
        sink.Row(new(
            [task, result?.ExitCode, result?.Signal, result?.StandardOutput, result?.StandardError, result?.IsCut, result?.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture), (result?.Elapsed ?? run.Elapsed).TotalSeconds, run.Worker],
            run)
        {
            Output = result?.OutputBytes ?? default,
            Error = result?.ErrorBytes ?? default,
        });
}
