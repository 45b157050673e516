namespace ActorCompute.Kinds.Depth;

/// <summary>A row for each window or region: at once, or when the last of the stretches it lies in is there.</summary>
internal sealed class RegionDepths(bool hasNames) : IReduction<DepthTask, DepthResult, DepthRow>
{
    private readonly Dictionary<(int Reference, int Number, long Begin), (long Covered, long Bases)> _open = [];
    private readonly SeenReads _seen = new();

    public ResultSchema<DepthRow> Schema { get; } = new(
        [
            new("reference", row => row.Reference),
            new("start", row => row.Start),
            new("end", row => row.End),
            .. hasNames ? [new("name", row => row.Name)] : Array.Empty<Column<DepthRow>>(),
            new("mean", row => row.Mean),
        ])
    { TaskNoun = "stretch" };

    public void Add(DepthTask task, DepthResult result, TaskRun run, IResultSink<DepthRow> sink)
    {
        DepthNotes.OfResult(task, result, sink);
        // Rows of it are out by then: the answer is known to be wrong, and ends with an error.
        if (_seen.Add(task, result) is { } fault) sink.Note(Note.OfFailure(fault));
        foreach (var (i, target) in task.Targets().Index())
        {
            var covered = Math.Max(0, Math.Min(target.End, task.End) - Math.Max(target.Begin, task.Begin));
            var bases = result.Bases[i];
            // Behind the reference's end there is nothing to wait for: the depth there is 0.
            if (covered < Math.Min(target.End, task.Length) - target.Begin && !IsComplete(task, target, ref covered, ref bases)) continue;
            var mean = target.End == target.Begin ? 0 : (double)bases / (target.End - target.Begin);
            sink.Row(new(task.Name, target.Begin, target.End, target.Name, bases, mean), run);
        }
    }

    public void AddFailure(DepthTask task, TaskFailure failure, TaskRun run, IResultSink<DepthRow> sink) => DepthNotes.OfFailure(task, failure, sink);

    public void Complete(IResultSink<DepthRow> sink)
    {
        // What is still open lacks a stretch that failed, and a note tells of that.
    }

    private bool IsComplete(DepthTask task, DepthTarget target, ref long covered, ref long bases)
    {
        var key = (task.Reference, target.Number, target.Begin);
        var before = _open.GetValueOrDefault(key);
        (covered, bases) = (covered + before.Covered, bases + before.Bases);
        if (covered < Math.Min(target.End, task.Length) - target.Begin)
        {
            _open[key] = (covered, bases);
            return false;
        }

        _open.Remove(key);
        return true;
    }
}
