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

    public bool TryTake(int most, out PlannedTask task)
    {
        var count = (int)Math.Min(most, tasks - _next);
        task = count >= 2 ? new(_next, Payload, NoPack.Instance, count) : new(_next, Payload);
        _next += task.Tasks;
        return true;
    }

    public TimeSpan TimeOf(in SentTask task) => TimeSpan.FromTicks((long)(mean.Ticks * Math.Max(1, task.Count) * (0.5 + (((ulong)task.Number * 0x9E3779B97F4A7C15 >> 40) / (double)(1 << 24)))));

    public AttemptReply AnswerTo(in SentTask task) => new(task.Number, task.Attempt, TimeOf(task), Payload, null, task.Count);

    /// <summary>Is never undone: there are no faults.</summary>
    private sealed class NoPack : PackedTasks
    {
        public static NoPack Instance { get; } = new();

        public override IEnumerable<PlannedTask> Unpack(int from) => throw new InvalidOperationException("a pack was undone without a fault.");
    }
}
