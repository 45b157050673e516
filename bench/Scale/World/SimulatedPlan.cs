namespace ActorCompute.Scale.World;

/// <summary>Tasks of a mean time, each between half of it and one and a half.</summary>
internal sealed class SimulatedPlan(long tasks, TimeSpan mean) : IJobPlan
{
    private static readonly byte[] Payload = new byte[8];

    private long _next;

    public bool IsEnded => _next == tasks;

    public Exception? Error => null;

    public long? Backlog => null;

    public int Drawn => (int)Math.Min(int.MaxValue, tasks - _next);

    public long Tasks => tasks;

    public bool TryPeek(out long number)
    {
        number = _next;
        return _next < tasks;
    }

    public bool TryTake(int most, out TaskBatch batch)
    {
        var count = (int)Math.Clamp(most, 1, tasks - _next);
        batch = new(_next, Payload, count > 1 ? NoPack.Instance : null, count);
        _next += count;
        return true;
    }

    public TimeSpan TimeOf(in TaskBatch batch) => TimeSpan.FromTicks((long)(mean.Ticks * batch.Count * (0.5 + (((ulong)batch.First * 0x9E3779B97F4A7C15 >> 40) / (double)(1 << 24)))));

    public AttemptReply AnswerTo(in TaskBatch batch) => new(batch.First, batch.Attempt, TimeOf(batch), Payload, null, batch.Count, batch.Count);

    /// <summary>Is never undone: there are no faults.</summary>
    private sealed class NoPack : PackedTasks
    {
        public static NoPack Instance { get; } = new();

        public override IEnumerable<TaskBatch> Unpack(int from) => throw new InvalidOperationException("a pack was undone without a fault.");
    }
}
