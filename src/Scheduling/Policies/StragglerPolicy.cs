namespace ActorCompute;

/// <summary>
/// When a task that takes much longer than the others gets a copy on an idle worker. The first result is taken and the other try told
/// to stop; so a task on a worker that hangs or is slow does not hold up the end of a job.
/// </summary>
public sealed record StragglerPolicy
{
    /// <summary>No task is copied.</summary>
    public static StragglerPolicy None { get; } = new() { Factor = double.PositiveInfinity };

    /// <summary>The share of the job's tasks that must have their outcome, 0 to 1. Default: 0.75.</summary>
    public double DoneShare { get; init; } = 0.75;

    /// <summary>How many times the median of the job's tasks a task must have run, 1 or more. Default: 2.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>What it must have run in any case. Default: 1 s.</summary>
    public TimeSpan MinimumTime { get; init; } = TimeSpan.FromSeconds(1);

    internal void Check()
    {
        if (!(DoneShare is >= 0 and <= 1)) throw new InputException($"tasks are copied when {DoneShare} of a job is done; give 0 to 1.");
        if (!(Factor >= 1)) throw new InputException($"a task is copied when it takes {Factor} times as long as others; give 1 or more.");
        if (MinimumTime < TimeSpan.Zero) throw new InputException("the time after which a task is copied is negative; give 0 or more.");
    }
}
