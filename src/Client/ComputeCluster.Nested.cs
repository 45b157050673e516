using ActorCompute.Client.Functions;
using ActorCompute.Processes;
using ActorCompute.Remoting;
using Akka.Actor;

namespace ActorCompute;

/// <content>The cluster as the tasks of a worker use it.</content>
public sealed partial class ComputeCluster
{
    /// <summary>
    /// The cluster of a worker, within that worker's own actor system: no port, connection or secret more. It attaches by itself, and
    /// ends with the system; calls wait until it is attached.
    /// </summary>
    internal static ComputeCluster OfNode(ActorSystem system, IReadOnlyList<HostEndpoint> seeds, Messages.ClusterSecret secret) =>
        WithoutContext(() => new ComputeCluster(system, seeds, secret, null, null, null, SystemConfig.NestedDispatcher));

    /// <inheritdoc cref="ITaskCluster.SubmitAsync{TInput,TResult}(Func{TInput,TResult},TInput,CancellationToken)"/>
    internal ComputeFuture<TResult> SubmitAt<TInput, TResult>(NestedTerms terms, RemoteCalls calls, Delegate function, TInput input) =>
        Submit(calls.Get<TInput, TResult>(function).At(terms), input, null, new() { Needs = terms.Needs, Priority = terms.Priority });

    /// <inheritdoc cref="ITaskCluster.MapAsync{TInput,TResult}(Func{TInput,TResult},IEnumerable{TInput},CancellationToken)"/>
    internal IAsyncEnumerable<TResult> MapAt<TInput, TResult>(NestedTerms terms, RemoteCalls calls, Delegate function, IEnumerable<TInput> inputs, CancellationToken cancellation) =>
        MapResultsOf(calls.Get<TInput, TResult>(function).At(terms), inputs, new() { Needs = terms.Needs, Priority = terms.Priority }, cancellation);

    private IActorRef StartNested(Props props) => WithoutContext(() => _system.ActorOf(props));

    /// <summary>What is started here, threads among it, outlives the task that asks for it first, and must not see that task's context and culture.</summary>
    private static T WithoutContext<T>(Func<T> start)
    {
        if (ExecutionContext.IsFlowSuppressed()) return start();
        using var suppressed = ExecutionContext.SuppressFlow();
        return start();
    }
}
