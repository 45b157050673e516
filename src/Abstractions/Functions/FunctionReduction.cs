using System.Text;

namespace ActorCompute;

/// <summary>The answer of a function job: a row for each input, with its result.</summary>
internal sealed class FunctionReduction<TInput, TResult> : IReduction<TInput, TResult>
{
    public ResultSchema Schema { get; } = new([new("input"), new("result")]) { TaskNoun = "input" };

    public void Add(TInput task, TResult result, TaskRun run, IResultSink sink)
    {
        var (input, value) = (Shown(task), Shown(result));
        sink.Row(new([input, value], run) { Line = $"{input} → {value}, worker {run.Worker}" });
    }

    public void AddFailure(TInput task, TaskFailure failure, TaskRun run, IResultSink sink) =>
        sink.Note(Note.OfFailure($"{Shown(task)}: {failure.Message}"));

    public void Complete(IResultSink sink)
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
