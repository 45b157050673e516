namespace ActorCompute;

/// <summary>The cluster of code that runs on none.</summary>
internal sealed class NoCluster : ITaskCluster
{
    public static NoCluster Instance { get; } = new();

    public Task<TResult> SubmitAsync<TInput, TResult>(Func<TInput, TResult> function, TInput input, CancellationToken cancellation = default) => throw Refused();

    public Task<TResult> SubmitAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, TInput input, CancellationToken cancellation = default) => throw Refused();

    public Task<TResult> SubmitAsync<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, TInput input, CancellationToken cancellation = default) => throw Refused();

    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, TResult> function, IEnumerable<TInput> inputs, CancellationToken cancellation = default) => throw Refused();

    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, Task<TResult>> function, IEnumerable<TInput> inputs, CancellationToken cancellation = default) => throw Refused();

    public IAsyncEnumerable<TResult> MapAsync<TInput, TResult>(Func<TInput, ValueTask<TResult>> function, IEnumerable<TInput> inputs, CancellationToken cancellation = default) => throw Refused();

    public ITaskCluster Needing(Resources needs) => this;

    private static InvalidOperationException Refused() => new("this code runs on no worker, so there is no cluster to run tasks on; run it as a task of a cluster, or in a test set TaskContext.Cluster.");
}
