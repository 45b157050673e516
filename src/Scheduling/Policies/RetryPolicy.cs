using ActorCompute.Scheduling;

namespace ActorCompute;

/// <summary>How often, and after what pause, a task that threw is tried again. Bad input is never tried again.</summary>
public sealed record RetryPolicy
{
    /// <summary>Never: the first exception is the task's outcome.</summary>
    public static RetryPolicy None { get; } = new();

    /// <summary>Tries after the first, at most. Default: 0.</summary>
    public int MaxRetries { get; init; }

    /// <summary>The pause before the first retry; each further one is <see cref="Factor"/> times as long. Default: 100 ms.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How the pause grows. Default: 2.</summary>
    public double Factor { get; init; } = 2;

    /// <summary>The longest pause. Default: 30 s.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a failure is worth another try; default: every exception is. Must return at once: the job waits for it. What it throws ends the job.</summary>
    public Func<TaskFailure, bool> ShouldRetry { get; init; } = _ => true;

    /// <summary>The pause before a retry, from 1.</summary>
    internal TimeSpan DelayBefore(int retry)
    {
        // No pause stays none; times an infinite factor it would be no number.
        if (Delay == TimeSpan.Zero) return Delay;
        var ticks = Delay.Ticks * Math.Pow(Factor, retry - 1);
        // Beyond what is measured, a time added to it would overflow.
        var longest = MaxDelay < MeasuredTime.Longest ? MaxDelay : MeasuredTime.Longest;
        return ticks < longest.Ticks ? TimeSpan.FromTicks((long)ticks) : longest;
    }

    internal void Check()
    {
        if (MaxRetries < 0) throw new InputException($"{MaxRetries} retries: give 0 or more.");
        if (Delay < TimeSpan.Zero || MaxDelay < TimeSpan.Zero) throw new InputException("the pause before a retry is negative; give 0 or more.");
        if (ShouldRetry is null) throw new InputException("ShouldRetry is null; without it, every exception is worth another try.");
        if (!(Factor >= 1)) throw new InputException($"the pause before a retry grows by {Factor}; give 1 or more.");
    }
}
