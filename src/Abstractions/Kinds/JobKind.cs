namespace ActorCompute;

/// <summary>
/// A kind of job whose tasks compute: what its parameters are, which tasks it falls into, how one task is worked on, and
/// how the results come together. Derive from this class to bring your own; the built-in kinds use nothing else.
/// </summary>
/// <inheritdoc cref="TypedJobKind{TParameters,TTask,TResult,TRow}"/>
public abstract class JobKind<TParameters, TTask, TResult, TRow> : TypedJobKind<TParameters, TTask, TResult, TRow>
{
    /// <summary>
    /// Opens what the tasks of one job share on one worker (an index, a table). Called once for a job and worker;
    /// disposed with the job if it is disposable.
    /// </summary>
    protected abstract ITaskWork<TTask, TResult> Open(TParameters parameters);

    private protected sealed override IOpenedWork OpenWork(TParameters parameters) => Open(parameters) switch
    {
        // Only of a kind that can put the pieces together again.
        ISplittableWork<TTask, TResult> work when this is ISplittableKind => new OpenedSplittableWork<TTask, TResult>(work, TaskCodec, ResultCodec),
        var work => new OpenedCpuWork<TTask, TResult>(work, TaskCodec, ResultCodec),
    };
}
