using System.Globalization;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Scan;

/// <summary>A row for each reference or region as it completes. Regions that overlap each count their own reads.</summary>
internal sealed class ScanReduction : IReduction<BamPart, ScanCounts>
{
    public ResultSchema Schema { get; } = new(
        [new("reference"), new("length", "bases"), new("reads") { IsTotalled = true }, new("seconds", "s"), new("worker")])
    { TaskNoun = "reference" };

    public void Add(BamPart task, ScanCounts result, TaskRun run, IResultSink sink)
    {
        foreach (var row in result.Rows)
        {
            sink.Row(new([row.Label, row.Length, row.Reads, run.Elapsed.TotalSeconds, run.Worker], run)
            {
                Line = string.Create(CultureInfo.InvariantCulture, $"{row.Label}: {row.Reads:N0} reads in {run.Elapsed.TotalSeconds:F2} s, worker {run.Worker}"),
            });
        }

        if (result.IsTruncated) sink.Note(new($"{task.Label}: the file ends too early; only the reads that are there were counted.", IsIncomplete: true));
    }

    public void AddFailure(BamPart task, TaskFailure failure, TaskRun run, IResultSink sink) =>
        sink.Note(Note.OfFailure($"{task.Label} was not counted: {failure.Message}"));

    public void Complete(IResultSink sink)
    {
    }
}
