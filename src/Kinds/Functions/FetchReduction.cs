using System.Globalization;

namespace ActorCompute.Kinds.Functions;

/// <summary>A row for each URL as it is fetched.</summary>
internal sealed class FetchReduction : IReduction<string, FetchResult>
{
    public ResultSchema Schema { get; } = new(
        [new("url"), new("status"), new("bytes", "bytes") { IsTotalled = true }, new("sha256"), new("seconds", "s"), new("error")])
    { TaskNoun = "URL" };

    public void Add(string task, FetchResult result, TaskRun run, IResultSink sink) =>
        sink.Row(new([task, result.Status, result.Bytes, result.Sha256, result.Seconds, result.Error], run)
        {
            Line = string.Create(CultureInfo.InvariantCulture, $"{task}: {result.Error ?? $"{result.Bytes:N0} bytes"} in {result.Seconds:F2} s, worker {run.Worker}"),
        });

    public void AddFailure(string task, TaskFailure failure, TaskRun run, IResultSink sink) =>
        sink.Note(Note.OfFailure($"{task} was not fetched: {failure.Message}"));

    public void Complete(IResultSink sink)
    {
    }
}
