namespace ActorCompute;

/// <summary>A cluster for tasks to which it makes no difference what a function returns: a value, a task or a value task.</summary>
internal abstract class DelegateCluster : ITaskCluster
{
    public Task<TResult> SubmitAsync<TInput, TResult>(Func<TInput, TResult> function, TInput input, CancellationToken cancellation = default) => CallAsync<TInput, TResult>(function, input, cancellation);

    public Task<TResult> SubmitAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, TInput input, CancellationToken cancellation = default) => CallAsync<TInput, TResult>(function, input, cancellation);

    public Task<TResult> SubmitAsync<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, TInput input, CancellationToken cancellation = default) => CallAsync<TInput, TResult>(function, input, cancellation);

    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, TResult> function, IEnumerable<TInput> inputs, CancellationToken cancellation = default) => CallEachAsync<TInput, TResult>(function, inputs, cancellation);

    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, IEnumerable<TInput> inputs, CancellationToken cancellation = default) => CallEachAsync<TInput, TResult>(function, inputs, cancellation);

    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, IEnumerable<TInput> inputs, CancellationToken cancellation = default) => CallEachAsync<TInput, TResult>(function, inputs, cancellation);

    /// <inheritdoc/>
    public virtual ITaskCluster Needing(Resources needs) => throw new NotSupportedException("this cluster knows no resources.");

    /// <inheritdoc cref="ITaskCluster.SubmitAsync{TInput,TResult}(Func{TInput,TResult},TInput,CancellationToken)"/>
    public abstract Task<TResult> CallAsync<TInput, TResult>(Delegate function, TInput input, CancellationToken cancellation);

    /// <inheritdoc cref="ITaskCluster.MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},CancellationToken)"/>
    public abstract IAsyncEnumerable<TResult> CallEachAsync<TInput, TResult>(Delegate function, IEnumerable<TInput> inputs, CancellationToken cancellation);
}
