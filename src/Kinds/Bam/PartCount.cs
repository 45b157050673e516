namespace ActorCompute.Kinds.Bam;

/// <summary>What one part came to.</summary>
/// <param name="Value">What was made of its records.</param>
/// <param name="Records">How many records were in it, whatever was made of them.</param>
/// <param name="IsTruncated">The file was cut off; what is there was counted.</param>
internal readonly record struct PartCount<T>(T Value, long Records, bool IsTruncated);

/// <summary>
/// Brings the parts of targets together, in whatever order they come. A target is whole when all its parts are there and
/// their records are as many as the index says; the parts alone could not tell that the index is another file's.
/// </summary>
/// <param name="path">The file, for errors.</param>
/// <param name="add">Puts two values together.</param>
internal sealed class PartCounts<T>(string path, Func<T, T, T> add)
{
    private readonly Dictionary<int, Open> _open = [];

    /// <summary>Takes in a part; the target when this was the last one that it lacked.</summary>
    /// <exception cref="InputException">The target's parts are not what the index says; it has no count.</exception>
    public WholeCount<T>? Add(BamPart part, PartCount<T> count, TaskRun run)
    {
        var open = _open.GetValueOrDefault(part.Target) ?? new();
        open = open.IsEmpty ? new(1, count, run.Elapsed, [run.Worker]) : new(
            open.Parts + 1,
            new(add(open.Count.Value, count.Value), open.Count.Records + count.Records, open.Count.IsTruncated || count.IsTruncated),
            open.Elapsed + run.Elapsed,
            open.Workers.Contains(run.Worker) ? open.Workers : [.. open.Workers, run.Worker]);
        if (open.Parts < part.Parts)
        {
            _open[part.Target] = open;
            return null;
        }

        _open.Remove(part.Target);
        if (part.Expected is { } expected && expected != open.Count.Records && !open.Count.IsTruncated)
        {
            throw new InputException(
                $"{path}: its index has {expected} records for it, the file has {open.Count.Records}, so it is not the index of this file; make it anew with 'samtools index {path}'.");
        }

        var workers = string.Join('+', open.Workers.Order(StringComparer.Ordinal));
        return new(open.Count.Value, open.Count.IsTruncated, run with { Elapsed = open.Elapsed, Worker = workers });
    }

    private sealed record Open(int Parts, PartCount<T> Count, TimeSpan Elapsed, IReadOnlyList<string> Workers)
    {
        public Open()
            : this(0, default, default, [])
        {
        }

        public bool IsEmpty => Parts == 0;
    }
}

/// <summary>What a target came to.</summary>
/// <param name="Value">The sum of its parts.</param>
/// <param name="IsTruncated">One of them at least was.</param>
/// <param name="Run">Where the last part ran; the time of all of them, and all their workers as <c>1+2</c>.</param>
internal sealed record WholeCount<T>(T Value, bool IsTruncated, TaskRun Run);
