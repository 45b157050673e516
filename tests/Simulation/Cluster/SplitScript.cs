using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation.Cluster;

/// <summary>
/// Tasks that can be split: a piece is a stretch of the task's time. The results of its pieces add up to a task's result, and no other
/// set of pieces does: at each point between two pieces stands a number by chance.
/// </summary>
internal static class SplitScript
{
    /// <summary>The stretch of the task's time that a task or a piece is, in ticks.</summary>
    public static (long Begin, long End) StretchOf(TaskBatch task, TimeSpan whole) => task.PartOf is null
        ? (0, whole.Ticks)
        : (BitConverter.ToInt64(task.Payload.Span[8..]), BitConverter.ToInt64(task.Payload.Span[16..]));

    public static byte[] Result(long number, long begin, long end, TimeSpan whole) => BitConverter.GetBytes(unchecked(At(number, end, whole) - At(number, begin, whole)));

    public static byte[] Merge(IEnumerable<ReadOnlyMemory<byte>> results) => BitConverter.GetBytes(results.Aggregate(0L, (sum, result) => unchecked(sum + BitConverter.ToInt64(result.Span))));

    /// <summary>The answer of a task that was stopped at <paramref name="at"/>.</summary>
    public static AttemptReply Split(TaskBatch task, long at, int pieces, TimeSpan whole, TimeSpan elapsed)
    {
        var number = task.PartOf ?? task.First;
        var (begin, end) = StretchOf(task, whole);
        return new(task.First, task.Attempt, elapsed, Result(number, begin, at, whole), null)
        {
            Rest = [.. Enumerable.Range(0, pieces).Select(i => Piece(number, at + ((end - at) * i / pieces), at + ((end - at) * (i + 1) / pieces)))],
        };
    }

    private static ReadOnlyMemory<byte> Piece(long number, long begin, long end) => (byte[])[.. BitConverter.GetBytes(number), .. BitConverter.GetBytes(begin), .. BitConverter.GetBytes(end)];

    private static long At(long number, long tick, TimeSpan whole)
    {
        if (tick == 0) return 0;
        return tick == whole.Ticks ? BitConverter.ToInt64(TaskScript.Result(number)) : (long)new SimRandom((ulong)(number ^ (tick << 20))).NextUInt64();
    }
}
