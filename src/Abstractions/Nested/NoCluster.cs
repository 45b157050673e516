namespace ActorCompute;

/// <summary>The cluster of code that runs on none.</summary>
internal sealed class NoCluster : DelegateCluster
{
    public static NoCluster Instance { get; } = new();

    public override ITaskCluster Needing(Resources needs) => this;

    public override Task<TResult> CallAsync<TInput, TResult>(Delegate function, TInput input, CancellationToken cancellation) => throw Refused();

    public override IAsyncEnumerable<TResult> CallEachAsync<TInput, TResult>(Delegate function, IEnumerable<TInput> inputs, CancellationToken cancellation) => throw Refused();

    private static InvalidOperationException Refused() => new("this code runs on no worker, so there is no cluster to run tasks on; run it as a task of a cluster, or in a test set TaskContext.Cluster.");
}
