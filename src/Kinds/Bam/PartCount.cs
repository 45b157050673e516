using ActorCompute.Kernels.Genomics;

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
    public WholeCount<T>? Add(BamTask task, PartCount<T> count, TaskRun run)
    {
        var begin = task.Part.Ranges is [var first, ..] ? first.Begin : default;
        // The same row whichever part came last: a job that is resumed prints what one that was not would have.
        var open = !_open.TryGetValue(task.Target, out var before) ? new(1, count, run.Elapsed, begin, run) : new Open(
            before.Parts + 1,
            new(add(before.Count.Value, count.Value), before.Count.Records + count.Records, before.Count.IsTruncated || count.IsTruncated),
            before.Elapsed + run.Elapsed,
            begin > before.Begin ? begin : before.Begin,
            begin >= before.Begin ? run : before.Run);
        if (open.Parts < task.Parts)
        {
            _open[task.Target] = open;
            return null;
        }

        _open.Remove(task.Target);
        if (task.Expected is { } expected && expected != open.Count.Records && !open.Count.IsTruncated)
        {
            throw new InputException(
                $"{path}: its index has {expected} records for it, the file has {open.Count.Records}, so it is not the index of this file; make it anew with 'samtools index {path}'.");
        }

        return new(open.Count.Value, open.Count.IsTruncated, open.Run with { Elapsed = open.Elapsed });
    }

    /// <param name="Parts">How many are there.</param>
    /// <param name="Count">What they come to.</param>
    /// <param name="Elapsed">The work of all of them.</param>
    /// <param name="Begin">Where the one begins that lies last in the file.</param>
    /// <param name="Run">Where that one ran.</param>
    private readonly record struct Open(int Parts, PartCount<T> Count, TimeSpan Elapsed, VirtualOffset Begin, TaskRun Run);
}

/// <summary>What a target came to.</summary>
/// <param name="Value">The sum of its parts.</param>
/// <param name="IsTruncated">One of them at least was.</param>
/// <param name="Run">Where the part that lies last in the file ran, with the time of all of them.</param>
internal sealed record WholeCount<T>(T Value, bool IsTruncated, TaskRun Run);
