using System.Buffers;

namespace ActorCompute;

/// <summary>Work between bytes and the values that it is written for.</summary>
internal class OpenedCpuWork<TTask, TResult>(ITaskWork<TTask, TResult> work, ICodec<TTask> tasks, ICodec<TResult> results) : IOpenedCpuWork
{
    public void Execute(ReadOnlySpan<byte> task, IBufferWriter<byte> result, TaskContext context) =>
        results.Write(work.Execute(tasks.Read(task), context), result);

    public void Dispose() => (work as IDisposable)?.Dispose();
}

/// <inheritdoc cref="OpenedCpuWork{TTask,TResult}"/>
internal sealed class OpenedSplittableWork<TTask, TResult>(ISplittableWork<TTask, TResult> work, ICodec<TTask> tasks, ICodec<TResult> results)
    : OpenedCpuWork<TTask, TResult>(work, tasks, results), IOpenedSplittableWork
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

/// <inheritdoc cref="OpenedCpuWork{TTask,TResult}"/>
internal sealed class OpenedIoWork<TTask, TResult>(IIoTaskWork<TTask, TResult> work, ICodec<TTask> tasks, ICodec<TResult> results) : IOpenedIoWork
{
    public async ValueTask ExecuteAsync(ReadOnlyMemory<byte> task, IBufferWriter<byte> result, TaskContext context) =>
        results.Write(await work.ExecuteAsync(tasks.Read(task.Span), context).ConfigureAwait(false), result);

    public void Dispose() => (work as IDisposable)?.Dispose();
}
