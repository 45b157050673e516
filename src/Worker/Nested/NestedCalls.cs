using ActorCompute.Worker.Compute;
using ActorCompute.Worker.Node;
using Akka.Actor;

namespace ActorCompute.Worker.Nested;

/// <summary>The calls that one task makes on the cluster: its slot is lent while some are pending, and those that still are when it ends are cancelled.</summary>
internal sealed class NestedCalls
{
    private readonly Lock _lock = new();
    private readonly OpenedJob _job;
    private readonly TaskBudget _budget;
    private readonly NestedCluster _nested;
    private readonly IActorRef _node;
    private readonly CancellationTokenSource _ending;
    private int _pending;
    private bool _ended;

    /// <param name="run">The task's chunk.</param>
    /// <param name="node">The node actor, which gives the lent slot to others.</param>
    /// <param name="task">Set when nobody wants the task any more.</param>
    /// <exception cref="InvalidOperationException">There is no cluster to call.</exception>
    public NestedCalls(ChunkRun run, IActorRef node, CancellationToken task)
    {
        _nested = run.Job.Nested ?? throw new InvalidOperationException("this worker is attached to no cluster.");
        (_job, _budget, _node, _ending) = (run.Job, run.Budget, node, CancellationTokenSource.CreateLinkedTokenSource(task));
        Cancellation = _ending.Token;
        _budget.Suspend();
    }

    /// <summary>Set when the task is cancelled, and when it ends.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The cluster to call.</summary>
    /// <param name="needs">What each task that is started needs.</param>
    public DelegateCluster ClusterFor(Resources needs) => _nested.For(_job, needs);

    /// <summary>A call is pending from here on.</summary>
    /// <exception cref="InvalidOperationException">The task has ended, or too many wait.</exception>
    public void Begin()
    {
        lock (_lock)
        {
            if (_ended) throw HasEnded();
            if (_pending == 0)
            {
                _nested.Lend(_job);
                // Within the lock: the node hears of both in the order in which they happen.
                _node.Tell(new SlotLent(_job), ActorRefs.NoSender);
            }

            _pending++;
        }
    }

    /// <summary>A call that was begun is no longer pending.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            if (_ended || --_pending > 0) return;
            TakeBack();
        }
    }

    /// <summary>The task has ended.</summary>
    public void End()
    {
        lock (_lock)
        {
            _ended = true;
            if (_pending > 0) TakeBack();
        }

        _budget.Resume();
        // On the pool: who waits for the calls, and what that does, is the task's own code.
        _ = _ending.CancelAsync().ContinueWith(static (_, ending) => ((CancellationTokenSource)ending!).Dispose(), _ending, TaskScheduler.Default);
    }

    public static InvalidOperationException HasEnded() => new("the task that this call belongs to has ended; await what a task starts before it returns.");

    private void TakeBack()
    {
        _nested.TakeBack(_job);
        _node.Tell(new SlotTakenBack(_job), ActorRefs.NoSender);
    }
}
