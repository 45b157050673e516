using System.Text;

namespace ActorCompute;

/// <summary>The answer of a function job: a row for each input, with its result.</summary>
internal sealed class FunctionReduction<TInput, TResult> : IReduction<TInput, TResult, (TInput Input, TResult Result)>
{
    public ResultSchema<(TInput Input, TResult Result)> Schema { get; } = new([new("input", row => Shown(row.Input)), new("result", row => Shown(row.Result))])
    {
        TaskNoun = "input",
        Line = (row, run) => $"{Shown(row.Input)} → {Shown(row.Result)}, worker {run?.Worker}",
    };

    public void Add(TInput task, TResult result, TaskRun run, IResultSink<(TInput Input, TResult Result)> sink) => sink.Row((task, result), run);

    public void AddFailure(TInput task, TaskFailure failure, TaskRun run, IResultSink<(TInput Input, TResult Result)> sink) =>
        sink.Note(Note.OfFailure($"{Shown(task)}: {failure.Message}"));

    public void Complete(IResultSink<(TInput Input, TResult Result)> sink)
    {
    }

    /// <summary>What a table can hold, as it is; anything else as JSON.</summary>
    private static object? Shown<T>(T value) => value switch
    {
        null => null,
        string or bool or byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => value,
        _ => Encoding.UTF8.GetString(ValueCodec<T>.Instance.ToBytes(value)),
    };
}
