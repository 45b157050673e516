using System.Globalization;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Scan;

/// <summary>A row for each reference or region as its last part completes. Regions that overlap each count their own reads.</summary>
internal sealed class ScanReduction(string path) : IReduction<BamTask, ScanCounts, ScanRow>
{
    private readonly PartCounts<ScanCount> _counts = new(path, (a, b) => a with { Reads = a.Reads + b.Reads });
    private readonly FailedTargets _failed = new();

    public ResultSchema<ScanRow> Schema { get; } = new(
        [
            new("reference", row => row.Reference),
            new("length", row => row.Length, "bases"),
            new("reads", row => row.Reads) { IsTotalled = true },
            new("seconds", row => row.Elapsed.TotalSeconds, "s"),
            new("worker", row => row.Worker),
        ])
    {
        TaskNoun = "part",
        Line = (row, _) => string.Create(CultureInfo.InvariantCulture, $"{row.Reference}: {row.Reads:N0} reads in {row.Elapsed.TotalSeconds:F2} s, worker {row.Worker}"),
    };

    public void Add(BamTask task, ScanCounts result, TaskRun run, IResultSink<ScanRow> sink)
    {
        if (task.Kind == BamTargetKind.WholeFile)
        {
            foreach (var row in result.Rows) Row(row, run, sink);
            NoteTruncated(result.IsTruncated);
            return;
        }

        if (result.Rows.Count != 1) throw new FormatException($"{task.Label}: the result has {result.Rows.Count} counts instead of 1.");
        try
        {
            if (_counts.Add(task, new(result.Rows[0], result.Records, result.IsTruncated), run) is not { } whole) return;
            Row(whole.Value, whole.Run, sink);
            NoteTruncated(whole.IsTruncated);
        }
        catch (InputException e)
        {
            Fail(task, e.Message, sink);
        }

        void NoteTruncated(bool isTruncated)
        {
            if (isTruncated) sink.Note(new($"{task.Label}: the file ends too early; only the reads that are there were counted.", IsIncomplete: true));
        }
    }

    public void AddFailure(BamTask task, TaskFailure failure, TaskRun run, IResultSink<ScanRow> sink) => Fail(task, failure.Message, sink);

    public void Complete(IResultSink<ScanRow> sink)
    {
        // What is still open lacks a part that failed, and a note tells of that.
    }

    private void Fail(BamTask task, string why, IResultSink<ScanRow> sink)
    {
        if (_failed.IsFirst(task)) sink.Note(Note.OfFailure($"{task.Label} was not counted: {why}"));
    }

    private static void Row(ScanCount count, TaskRun run, IResultSink<ScanRow> sink) => sink.Row(new(count.Label, count.Length, count.Reads, run.Elapsed, run.Worker), run);
}
