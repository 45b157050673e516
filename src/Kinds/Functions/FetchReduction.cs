using System.Globalization;

namespace ActorCompute.Kinds.Functions;

/// <summary>A row for each URL as it is fetched.</summary>
internal sealed class FetchReduction : IReduction<string, FetchResult, (string Input, FetchResult Result)>
{
    public ResultSchema<(string Input, FetchResult Result)> Schema { get; } = new(
        [
            new("url", row => row.Input),
            new("status", row => row.Result.Status),
            new("bytes", row => row.Result.Bytes, "bytes") { IsTotalled = true },
            new("sha256", row => row.Result.Sha256),
            new("seconds", row => row.Result.Seconds, "s"),
            new("error", row => row.Result.Error),
        ])
    {
        TaskNoun = "URL",
        Line = (row, run) => string.Create(CultureInfo.InvariantCulture, $"{row.Input}: {row.Result.Error ?? $"{row.Result.Bytes:N0} bytes"} in {row.Result.Seconds:F2} s, worker {run?.Worker}"),
    };

    public void Add(string task, FetchResult result, TaskRun run, IResultSink<(string Input, FetchResult Result)> sink) =>
        sink.Row((task, result), run);

    public void AddFailure(string task, TaskFailure failure, TaskRun run, IResultSink<(string Input, FetchResult Result)> sink) =>
        sink.Note(Note.OfFailure($"{task} was not fetched: {failure.Message}"));

    public void Complete(IResultSink<(string Input, FetchResult Result)> sink)
    {
    }
}
