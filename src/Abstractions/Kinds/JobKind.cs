namespace ActorCompute;

/// <summary>
/// A kind of job whose tasks compute: what its parameters are, which tasks it falls into, how one task is worked on, and
/// how the results come together. Derive from this class to bring your own; the built-in kinds use nothing else.
/// </summary>
/// <inheritdoc cref="TypedJobKind{TParameters,TTask,TResult}"/>
public abstract class JobKind<TParameters, TTask, TResult> : TypedJobKind<TParameters, TTask, TResult>
{
    /// <summary>
    /// Opens what the tasks of one job share on one worker (an index, a table). Called once for a job and worker;
    /// disposed with the job if it is disposable.
    /// </summary>
    protected abstract ITaskWork<TTask, TResult> Open(TParameters parameters);

    private protected sealed override IOpenedWork OpenWork(TParameters parameters) => Open(parameters) switch
    {
        // Only of a kind that can put the pieces together again.
        ISplittableWork<TTask, TResult> work when this is ISplittableKind => new OpenedSplittableWork(work, TaskCodec, ResultCodec),
        var work => new OpenedWork(work, TaskCodec, ResultCodec),
    };

    private class OpenedWork(ITaskWork<TTask, TResult> work, ICodec<TTask> tasks, ICodec<TResult> results) : IOpenedCpuWork
    {
        public void Execute(ReadOnlySpan<byte> task, IBufferWriter<byte> result, TaskContext context) =>
            results.Write(work.Execute(tasks.Read(task), context), result);

        public void Dispose() => (work as IDisposable)?.Dispose();
    }

    private sealed class OpenedSplittableWork(ISplittableWork<TTask, TResult> work, ICodec<TTask> tasks, ICodec<TResult> results)
        : OpenedWork(work, tasks, results), IOpenedSplittableWork
    {
        private readonly ISplittableWork<TTask, TResult> _work = work;
        private readonly ICodec<TTask> _tasks = tasks;
        private readonly ICodec<TResult> _results = results;

        public IReadOnlyList<ReadOnlyMemory<byte>> Execute(ReadOnlySpan<byte> task, IBufferWriter<byte> result, TaskContext context, Func<int> pieces)
        {
            var split = new TaskSplit<TTask>(pieces);
            _results.Write(_work.Execute(_tasks.Read(task), context, split), result);
            return split.Rest.Count == 0 ? [] : [.. split.Rest.Select(rest => (ReadOnlyMemory<byte>)_tasks.ToBytes(rest))];
        }
    }
}
