using System.Globalization;
using ActorCompute.Kinds.Bam;

namespace ActorCompute.Kinds.Scan;

/// <summary>A row for each reference or region as its last part completes. Regions that overlap each count their own reads.</summary>
internal sealed class ScanReduction(string path) : IReduction<BamPart, ScanCounts>
{
    private readonly PartCounts<ScanRow> _counts = new(path, (a, b) => a with { Reads = a.Reads + b.Reads });
    private readonly FailedTargets _failed = new();

    public ResultSchema Schema { get; } = new(
        [new("reference"), new("length", "bases"), new("reads") { IsTotalled = true }, new("seconds", "s"), new("worker")])
    { TaskNoun = "part" };

    public void Add(BamPart task, ScanCounts result, TaskRun run, IResultSink sink)
    {
        if (task.Kind == BamPartKind.WholeFile)
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

    public void AddFailure(BamPart task, TaskFailure failure, TaskRun run, IResultSink sink) => Fail(task, failure.Message, sink);

    public void Complete(IResultSink sink)
    {
        // What is still open lacks a part that failed, and a note tells of that.
    }

    private void Fail(BamPart task, string why, IResultSink sink)
    {
        if (_failed.IsFirst(task)) sink.Note(Note.OfFailure($"{task.Label} was not counted: {why}"));
    }

    private static void Row(ScanRow row, TaskRun run, IResultSink sink) => sink.Row(new([row.Label, row.Length, row.Reads, run.Elapsed.TotalSeconds, run.Worker], run)
    {
        Line = string.Create(CultureInfo.InvariantCulture, $"{row.Label}: {row.Reads:N0} reads in {run.Elapsed.TotalSeconds:F2} s, worker {run.Worker}"),
    });
}
