using ActorCompute.Client.Attach;
using Akka.Actor;

namespace ActorCompute.Client.Jobs;

/// <summary>Whom a job talks to: the reference to each worker's node, and the worker behind a reference.</summary>
internal sealed class NodeBook
{
    private readonly Dictionary<WorkerLife, IActorRef> _nodes = [];
    private readonly Dictionary<IActorRef, WorkerLife> _lives = [];

    /// <summary>Enters those in a view, and strikes those that neither the view nor the job has.</summary>
    public void Update(IReadOnlyList<AttachedWorker> view, Func<WorkerLife, bool> isNeeded)
    {
        foreach (var worker in view)
        {
            if (_nodes.TryAdd(worker.Life, worker.Node)) _lives[worker.Node] = worker.Life;
        }

        if (_nodes.Count == view.Count) return;
        var there = view.Select(worker => worker.Life).ToHashSet();
        foreach (var (life, node) in _nodes)
        {
            if (there.Contains(life) || isNeeded(life)) continue;
            _nodes.Remove(life);
            _lives.Remove(node);
        }
    }

    public IActorRef? NodeOf(WorkerLife life) => _nodes.GetValueOrDefault(life);

    public WorkerLife? LifeOf(IActorRef node) => _lives.TryGetValue(node, out var life) ? life : null;

    /// <summary>The workers of a process.</summary>
    public IReadOnlyList<WorkerLife> At(Address address) => [.. _nodes.Where(node => node.Value.Path.Address.Equals(address)).Select(node => node.Key)];
}
