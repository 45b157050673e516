using System.Runtime.CompilerServices;
using ActorCompute.Client.Executor;
using ActorCompute.Messages;
using ActorCompute.Processes;
using ActorCompute.Worker.Node;
using Akka.Actor;

namespace ActorCompute.Worker.Nested;

/// <summary>What a worker process has once for the tasks that its tasks start: the cluster, attached with the first call, and how many slots may be lent.</summary>
/// <param name="attach">Attaches this process as a client too; gives the cluster for what is started at some depth by a task that runs some call.</param>
/// <param name="mostLent">CPU slots lent at a time.</param>
internal sealed class NestedCluster(Func<Func<NestedTerms, FunctionCall?, DelegateCluster>> attach, int mostLent)
{
    /// <summary>How deep a function may call itself: each level is a job of its own, which the client keeps while it is used.</summary>
    public const int MaxDepth = 256;

    private readonly Lazy<Func<NestedTerms, FunctionCall?, DelegateCluster>> _cluster = new(attach);
    private int _lent;

    /// <summary>The cluster of a node, with the node's own seeds, secret and certificate.</summary>
    public static NestedCluster Of(ActorSystem system, IReadOnlyList<HostEndpoint> seeds, ClusterSecret secret, int slots) =>
        new(() => Attach(system, seeds, secret), MostLent(slots));

    /// <summary>The cluster, for what a task of this job starts: as a part of the job it is of the same client, and of the same priority.</summary>
    /// <param name="job">The job.</param>
    /// <param name="needs">What each task that is started needs.</param>
    public DelegateCluster For(OpenedJob job, Resources needs) => _cluster.Value(job.TermsOfNested(needs), job.Call);

    /// <summary>A slot of this job is lent.</summary>
    /// <exception cref="InvalidOperationException">So many are already, or the job is too deep.</exception>
    public void Lend(OpenedJob job)
    {
        if (job.Depth >= MaxDepth) throw new InvalidOperationException($"{MaxDepth} tasks wait for this one, each for the next, and it may not wait for one more; is there no end to how a function calls itself?");
        // Tasks of I/O have no threads that wait, and of those only as many run as the worker's limit for them says.
        if (job.IsIo) return;
        if (Interlocked.Increment(ref _lent) <= mostLent) return;
        Interlocked.Decrement(ref _lent);
        throw new InvalidOperationException($"{mostLent} tasks of this worker wait for tasks of their own, and no more may; let functions call themselves less deep, or await many calls in one task.");
    }

    /// <summary>A slot of this job is not lent any more.</summary>
    public void TakeBack(OpenedJob job)
    {
        if (!job.IsIo) Interlocked.Decrement(ref _lent);
    }

    /// <summary>Each is a thread that waits: enough for a function that calls itself often, few enough for the memory of a small machine.</summary>
    private static int MostLent(int slots) => Math.Max(256, 4 * slots);

    // In a method of its own: the client's assembly is loaded when this runs, not when what could call it is compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Func<NestedTerms, FunctionCall?, DelegateCluster> Attach(ActorSystem system, IReadOnlyList<HostEndpoint> seeds, ClusterSecret secret) => TaskCluster.Attach(system, seeds, secret);
}
