using System.Runtime.CompilerServices;
using ActorCompute.Messages;
using ActorCompute.Worker.Compute;
using Akka.Actor;

namespace ActorCompute.Worker.Nested;

/// <summary>
/// What the tasks of one chunk see as <see cref="TaskContext.Current"/>, and as the cluster they run on. One for the whole chunk:
/// to set one for each task would be a good part of what a tiny one takes.
/// </summary>
/// <param name="run">The chunk.</param>
/// <param name="node">The node actor.</param>
internal sealed class TaskScope(ChunkRun run, IActorRef node) : AmbientTask
{
    private readonly Lock _lock = new();
    private Batch? _batch;
    private CancellationToken _cancellation;
    private NestedCalls? _calls;

    /// <summary>Of a pack that runs: tasks of it that have their answer.</summary>
    public int Done;

    public override TaskContext? Context => _batch is { } batch ? ContextOf(batch) : null;

    /// <summary>A batch begins.</summary>
    public TaskContext Begin(Batch batch, CancellationToken cancellation)
    {
        (_cancellation, Done, _batch) = (cancellation, 0, batch);
        return ContextOf(batch);
    }

    /// <summary>It has ended, and with it what it called.</summary>
    public void End()
    {
        NestedCalls? calls;
        lock (_lock) (_batch, calls, _calls) = (null, _calls, null);
        calls?.End();
    }

    public override Task<TResult> CallAsync<TInput, TResult>(Delegate function, TInput input, CancellationToken cancellation) => CallAsync<TInput, TResult>(Resources.None, function, input, cancellation);

    public override IAsyncEnumerable<TResult> CallEachAsync<TInput, TResult>(Delegate function, IEnumerable<TInput> inputs, CancellationToken cancellation) =>
        CallEachAsync<TInput, TResult>(Calls(), Resources.None, function, inputs, cancellation);

    public override ITaskCluster Needing(Resources needs)
    {
        ArgumentNullException.ThrowIfNull(needs);
        return new NeedingScope(this, needs);
    }

    private TaskContext ContextOf(Batch batch) => new(batch.HasPartOf ? batch.PartOf : batch.First + Done, batch.Attempt, _cancellation) { Cluster = this, Grace = run.Job.Grace };

    private NestedCalls Calls()
    {
        lock (_lock)
        {
            if (_batch is null) throw NestedCalls.HasEnded();
            return _calls ??= new(run, node, _cancellation);
        }
    }

    private async Task<TResult> CallAsync<TInput, TResult>(Resources needs, Delegate function, TInput input, CancellationToken cancellation)
    {
        var calls = Calls();
        calls.Begin();
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(calls.Cancellation, cancellation);
            return await calls.ClusterFor(needs).CallAsync<TInput, TResult>(function, input, ending.Token).ConfigureAwait(false);
        }
        finally
        {
            calls.Complete();
        }
    }

    /// <summary>Lends the slot only while the next result is not there: between two of them the task works on its own.</summary>
    private static async IAsyncEnumerable<TResult> CallEachAsync<TInput, TResult>(NestedCalls calls, Resources needs, Delegate function, IEnumerable<TInput> inputs, CancellationToken cancellation, [EnumeratorCancellation] CancellationToken ofEnumeration = default)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(calls.Cancellation, cancellation, ofEnumeration);
        var results = calls.ClusterFor(needs).CallEachAsync<TInput, TResult>(function, inputs, ending.Token).GetAsyncEnumerator(CancellationToken.None);
        await using var disposal = results.ConfigureAwait(false);
        while (await NextAsync(calls, results, ending).ConfigureAwait(false)) yield return results.Current;
    }

    private static async ValueTask<bool> NextAsync<TResult>(NestedCalls calls, IAsyncEnumerator<TResult> results, CancellationTokenSource ending)
    {
        var next = results.MoveNextAsync();
        if (next.IsCompleted) return await next.ConfigureAwait(false);
        try
        {
            calls.Begin();
        }
        catch
        {
            // An enumeration is only left where it stands still.
            await ending.CancelAsync().ConfigureAwait(false);
            await next.AsTask().ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
            throw;
        }

        try
        {
            return await next.ConfigureAwait(false);
        }
        finally
        {
            calls.Complete();
        }
    }

    /// <summary>The same, for tasks that need resources.</summary>
    private sealed class NeedingScope(TaskScope scope, Resources needs) : DelegateCluster
    {
        public override Task<TResult> CallAsync<TInput, TResult>(Delegate function, TInput input, CancellationToken cancellation) => scope.CallAsync<TInput, TResult>(needs, function, input, cancellation);

        public override IAsyncEnumerable<TResult> CallEachAsync<TInput, TResult>(Delegate function, IEnumerable<TInput> inputs, CancellationToken cancellation) =>
            TaskScope.CallEachAsync<TInput, TResult>(scope.Calls(), needs, function, inputs, cancellation);

        public override ITaskCluster Needing(Resources other) => scope.Needing(other);
    }
}
