using System.Collections.Concurrent;
using ActorCompute.Client.Functions;
using ActorCompute.Messages;
using ActorCompute.Processes;
using Akka.Actor;

namespace ActorCompute.Client.Executor;

/// <summary>The cluster for the tasks of a worker: what they start there.</summary>
/// <param name="cluster">The worker's own.</param>
/// <param name="terms">Of what is started.</param>
/// <param name="calls">Of a program with an initializer, which then runs before what its tasks start too.</param>
internal sealed class TaskCluster(ComputeCluster cluster, NestedTerms terms, RemoteCalls calls) : DelegateCluster
{
    /// <summary>Attaches the process of a worker as a client too.</summary>
    /// <returns>The cluster, for what is started on these terms by a task that runs this call; null for the task of a kind.</returns>
    public static Func<NestedTerms, FunctionCall?, DelegateCluster> Attach(ActorSystem system, IReadOnlyList<HostEndpoint> seeds, ClusterSecret secret)
    {
        var cluster = ComputeCluster.OfNode(system, seeds, secret);
        var (plain, initialized) = (new RemoteCalls(null), new ConcurrentDictionary<FunctionInitializer, RemoteCalls>());
        return (terms, caller) => new TaskCluster(cluster, terms, caller?.Initializer is { } initializer
            ? initialized.GetOrAdd(new(initializer, caller.InitializerArgument), static initializer => new(initializer))
            : plain);
    }

    public override IAsyncEnumerable<TResult> CallEachAsync<TInput, TResult>(Delegate function, IEnumerable<TInput> inputs, CancellationToken cancellation) =>
        cluster.MapAt<TInput, TResult>(terms, calls, function, inputs, cancellation);

    public override async Task<TResult> CallAsync<TInput, TResult>(Delegate function, TInput input, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var future = cluster.SubmitAt<TInput, TResult>(terms, calls, function, input);
        using var registration = cancellation.UnsafeRegister(static future => ((ComputeFuture)future!).Cancel(), future);
        return await future.AsTask().ConfigureAwait(false);
    }
}
