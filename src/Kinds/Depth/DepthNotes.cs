namespace ActorCompute.Kinds.Depth;

/// <summary>What a person should know about a stretch.</summary>
internal static class DepthNotes
{
    /// <exception cref="FormatException">The result does not fit its task.</exception>
    public static void OfResult(DepthTask task, DepthResult result, INoteSink sink)
    {
        var targets = task.Targets().Count();
        if (result.Bases.Count != targets) throw new FormatException($"{task.Label}: the result has {result.Bases.Count} sums for {targets} regions.");
        if (result.IsTruncated) sink.Note(new($"{task.Label}: the file ends too early; only the reads that are there were counted.", IsIncomplete: true));
    }

    public static void OfFailure(DepthTask task, TaskFailure failure, INoteSink sink) =>
        sink.Note(Note.OfFailure($"{task.Label} was not measured, so the rows that it is part of are missing: {failure.Message}"));
}
