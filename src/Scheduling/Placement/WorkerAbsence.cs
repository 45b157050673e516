namespace ActorCompute.Scheduling;

/// <summary>Finds out that a job with work to do has had no worker for a while, which a person must be told, and that it goes on. Pure.</summary>
internal sealed class WorkerAbsence
{
    /// <summary>A worker that died is back within this as a rule: sooner a word would only be noise.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private TimeSpan? _since;

    /// <summary>The job waits for workers, and has for longer than <see cref="Patience"/>.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Takes in how things stand; to be called a few times a second.</summary>
    /// <param name="hasWork">There are tasks without an outcome.</param>
    /// <param name="workers">Workers that take part.</param>
    /// <param name="now">A reading of one monotonic clock.</param>
    /// <returns>Whether <see cref="IsWaiting"/> is another than before.</returns>
    public bool Look(bool hasWork, int workers, TimeSpan now)
    {
        var was = IsWaiting;
        if (!hasWork || workers > 0) _since = null;
        else _since ??= now;
        IsWaiting = now - _since >= Patience;
        return IsWaiting != was;
    }
}
