using System.Globalization;

namespace ActorCompute.Kinds.Depth;

/// <summary>A row for each reference, when the last of its stretches is there: mosdepth's summary.</summary>
internal sealed class ReferenceDepths : IReduction<DepthTask, DepthResult, DepthRow>
{
    private readonly Dictionary<int, Sum> _open = [];
    private readonly SeenReads _seen = new();

    public ResultSchema<DepthRow> Schema { get; } = new(
        [
            new("reference", row => row.Reference),
            new("length", row => row.End, "bases") { IsTotalled = true },
            new("bases", row => row.Bases, "bases") { IsTotalled = true },
            new("mean", row => row.Mean),
            new("min", row => row.Min),
            new("max", row => row.Max),
        ])
    {
        TaskNoun = "stretch",
        Line = (row, _) => string.Create(CultureInfo.InvariantCulture, $"{row.Reference}: mean depth {row.Mean:F2}, {row.Min} to {row.Max}"),
    };

    public void Add(DepthTask task, DepthResult result, TaskRun run, IResultSink<DepthRow> sink)
    {
        DepthNotes.OfResult(task, result, sink);
        var fault = _seen.Add(task, result);
        var part = new Sum(task.End - task.Begin, result.Bases[0], result.Min, result.Max);
        var sum = _open.TryGetValue(task.Reference, out var before)
            ? new(before.Covered + part.Covered, before.Bases + part.Bases, Math.Min(before.Min, part.Min), Math.Max(before.Max, part.Max))
            : part;
        if (sum.Covered < task.Length)
        {
            _open[task.Reference] = sum;
            return;
        }

        _open.Remove(task.Reference);
        if (fault is not null)
        {
            sink.Note(Note.OfFailure(fault));
            return;
        }

        var mean = task.Length == 0 ? 0 : (double)sum.Bases / task.Length;
        sink.Row(new(task.Name, 0, task.Length, null, sum.Bases, mean) { Min = sum.Min, Max = sum.Max }, run);
    }

    public void AddFailure(DepthTask task, TaskFailure failure, TaskRun run, IResultSink<DepthRow> sink) => DepthNotes.OfFailure(task, failure, sink);

    public void Complete(IResultSink<DepthRow> sink)
    {
        // What is still open lacks a stretch that failed, and a note tells of that.
    }

    /// <param name="Covered">Bases of the stretches that are in it.</param>
    /// <param name="Bases">The sum of their depths.</param>
    /// <param name="Min">The smallest depth.</param>
    /// <param name="Max">The largest.</param>
    private readonly record struct Sum(long Covered, long Bases, int Min, int Max);
}
