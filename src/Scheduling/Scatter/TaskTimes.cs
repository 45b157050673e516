namespace ActorCompute.Scheduling;

/// <summary>The median of how long a job's latest tasks took. Pure.</summary>
internal sealed class TaskTimes
{
    private const int Most = 255;

    private readonly List<TimeSpan> _times = [];
    private int _next;

    /// <summary>Takes in tasks that took so long each.</summary>
    public void Add(TimeSpan elapsed)
    {
        if (_times.Count < Most) _times.Add(elapsed);
        else _times[_next] = elapsed;
        _next = (_next + 1) % Most;
    }

    /// <summary>How long a task may run before it is a straggler; null while too little of the job is done.</summary>
    /// <param name="policy">What counts as one.</param>
    /// <param name="done">Tasks with an outcome.</param>
    /// <param name="all">All tasks of the job.</param>
    public TimeSpan? Limit(StragglerPolicy policy, long done, long all)
    {
        if (_times.Count == 0 || double.IsPositiveInfinity(policy.Factor) || done < policy.DoneShare * all) return null;
        var median = _times.Order().ElementAt(_times.Count / 2);
        var limit = median.Ticks * policy.Factor;
        return limit >= TimeSpan.MaxValue.Ticks ? null : TimeSpan.FromTicks(Math.Max((long)limit, policy.MinimumTime.Ticks));
    }
}
