namespace ActorCompute;

/// <summary>
/// A kind of job whose tasks mostly wait (for a network, a disk, a clock): a worker runs many of them at a time, as many
/// as its I/O limit, on few threads. As <see cref="JobKind{TParameters,TTask,TResult,TRow}"/> in everything else.
/// </summary>
/// <inheritdoc cref="TypedJobKind{TParameters,TTask,TResult,TRow}"/>
public abstract class IoJobKind<TParameters, TTask, TResult, TRow> : TypedJobKind<TParameters, TTask, TResult, TRow>
{
    /// <summary>
    /// Opens what the tasks of one job share on one worker (a client of a service). Called once for a job and worker;
    /// disposed with the job if it is disposable.
    /// </summary>
    protected abstract IIoTaskWork<TTask, TResult> Open(TParameters parameters);

    private protected sealed override IOpenedWork OpenWork(TParameters parameters) => new OpenedIoWork<TTask, TResult>(Open(parameters), TaskCodec, ResultCodec);
}
