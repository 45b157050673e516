namespace ActorCompute.Client.Scatter;

/// <summary>Where a job's actor takes its tasks from: filled by somebody else, at their own pace.</summary>
internal abstract class TaskSource : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>True when every task has been taken.</summary>
    public abstract bool IsEnded { get; }

    /// <summary>What its giver threw, if it did.</summary>
    public abstract Exception? Error { get; }

    /// <summary>Tasks to come, where that is known without a plan's count: everything that was submitted so far.</summary>
    public virtual long? Backlog => null;

    /// <summary>Tasks that can be taken now: there may be many more.</summary>
    public abstract int Drawn { get; }

    /// <summary>Set when nobody takes tasks any more.</summary>
    protected CancellationToken Stopped => _stop.Token;

    /// <summary>The number of the next task, if there is one now.</summary>
    public abstract bool TryPeek(out long number);

    /// <summary>Takes the next task, if there is one now.</summary>
    /// <param name="most">The largest pack to take, where the source makes packs; below 2 for none.</param>
    /// <param name="task">The task.</param>
    public abstract bool TryTake(int most, out PlannedTask task);

    /// <summary>Ends when there is a task to take, or all have been.</summary>
    public abstract Task WaitAsync();

    // Called by the job's actor: what users registered with the token runs elsewhere, and may throw or block there.
    public void Dispose() => _ = _stop.CancelAsync();
}
