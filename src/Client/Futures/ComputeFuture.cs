namespace ActorCompute;

/// <summary>A function that was submitted to a cluster: its state, the way to cancel it, and who is told of its end.</summary>
/// <remarks>All members may be used from any thread.</remarks>
public abstract class ComputeFuture
{
    private readonly Lock _lock = new();
    private List<Action<ComputeFuture>>? _continuations;
    private volatile State _state = State.Pending;

    // Links among the futures of one session that are not done, kept by that session.
    internal ComputeFuture? Next;
    internal ComputeFuture? Previous;

    private protected ComputeFuture(object? input, string? name) => (Input, Name) = (input, name);

    /// <summary>What the function was called with; several arguments as a tuple. Null for a call whose arguments are on the cluster.</summary>
    public object? Input { get; }

    /// <summary>The name it was given, or null.</summary>
    public string? Name { get; }

    /// <summary>It has a result, an exception, or was cancelled.</summary>
    public bool IsDone => _state >= State.Succeeded;

    /// <summary>It is with a worker: it runs, or is the next to run there.</summary>
    public bool IsRunning => _state == State.Sent;

    /// <summary>It was cancelled before it had a result.</summary>
    public bool IsCancelled => _state == State.Cancelled;

    /// <summary>It ended with an exception.</summary>
    public bool IsFaulted => _state == State.Faulted;

    /// <summary>Where it ran and how long, once it is done and if it ran.</summary>
    public TaskRun? Run { get; private set; }

    /// <summary>
    /// Cancels it. It is cancelled at once; a worker that runs it sees its token set, and what it still returns is dropped.
    /// </summary>
    /// <returns>False if it was done before.</returns>
    public bool Cancel()
    {
        if (!TryEnd(State.Cancelled, null)) return false;
        Withdraw();
        return true;
    }

    /// <summary>Waits until it is done and gives what it threw, null if it has a result.</summary>
    /// <param name="timeout">How long to wait; null for as long as it takes.</param>
    /// <param name="cancellation">Ends the waiting, not the task.</param>
    /// <exception cref="TimeoutException">It is not done in time; it goes on.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, or the waiting was.</exception>
    public abstract Task<Exception?> ExceptionAsync(TimeSpan? timeout = null, CancellationToken cancellation = default);

    /// <summary>Has something called when it is done, on the thread pool; at once if it is. What that throws is logged as a warning.</summary>
    public void OnCompleted(Action<ComputeFuture> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Continue(future => ThreadPool.QueueUserWorkItem(static pair => pair.future.Call(pair.callback), (callback, future), preferLocal: false));
    }

    /// <summary>Something of ours that is short, called on whichever thread ends it.</summary>
    internal void Continue(Action<ComputeFuture> continuation)
    {
        lock (_lock)
        {
            if (!IsDone)
            {
                (_continuations ??= []).Add(continuation);
                return;
            }
        }

        continuation(this);
    }

    /// <summary>It has gone to a worker, perhaps not for the first time.</summary>
    internal void MarkSent()
    {
        lock (_lock)
        {
            if (_state == State.Pending) _state = State.Sent;
        }
    }

    /// <summary>Why there is no result; null while it is not done, and when there is one.</summary>
    internal abstract Exception? EndedWith { get; }

    /// <summary>Code of users runs when its result is read: it may throw, block or never end.</summary>
    internal abstract bool ReadsByUserCode { get; }

    /// <summary>Its outcome has come. Does nothing if it was cancelled before.</summary>
    internal abstract void Settle(in SettledBatch outcome);

    /// <summary>It will have no outcome.</summary>
    internal abstract void Fail(Exception error);

    /// <summary>Told of what a callback threw.</summary>
    private protected abstract void CallbackThrew(Exception error);

    private void Call(Action<ComputeFuture> callback)
    {
        try
        {
            callback(this);
        }
        catch (Exception e)
        {
            CallbackThrew(e);
        }
    }

    /// <summary>Takes it back from the job that it was submitted to.</summary>
    private protected abstract void Withdraw();

    /// <summary>Its state is final: whoever awaits it goes on.</summary>
    private protected abstract void Publish();

    private protected bool TrySucceed(TaskRun? run) => TryEnd(State.Succeeded, run);

    private protected bool TryFault(TaskRun? run) => TryEnd(State.Faulted, run);

    private protected bool TryCancelled(TaskRun? run) => TryEnd(State.Cancelled, run);

    /// <summary>The one way to its end: whoever comes first decides.</summary>
    private bool TryEnd(State state, TaskRun? run)
    {
        List<Action<ComputeFuture>>? continuations;
        lock (_lock)
        {
            if (IsDone) return false;
            Run = run;
            _state = state;
            (continuations, _continuations) = (_continuations, null);
        }

        Publish();
        if (continuations is not null)
        {
            foreach (var continuation in continuations) continuation(this);
        }

        return true;
    }

    private enum State
    {
        Pending,
        Sent,

        // From here on it is done.
        Succeeded,
        Faulted,
        Cancelled,
    }
}
