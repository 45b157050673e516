namespace ActorCompute.Client.Scatter;

/// <summary>Where a job's actor takes its tasks from: filled by somebody else, at their own pace.</summary>
internal abstract class TaskSource : IJobPlan, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <inheritdoc/>
    public abstract bool IsEnded { get; }

    /// <inheritdoc/>
    public abstract Exception? Error { get; }

    /// <inheritdoc/>
    public virtual long? Backlog => null;

    /// <inheritdoc/>
    public abstract int Drawn { get; }

    /// <summary>Set when nobody takes tasks any more.</summary>
    protected CancellationToken Stopped => _stop.Token;

    /// <inheritdoc/>
    public abstract bool TryPeek(out long number);

    /// <inheritdoc/>
    public abstract bool TryTake(int most, out TaskBatch batch);

    /// <summary>Ends when there is a task to take, or all have been.</summary>
    public abstract Task WaitAsync();

    // Called by the job's actor: what users registered with the token runs elsewhere, and may throw or block there.
    public void Dispose() => _ = _stop.CancelAsync();
}
