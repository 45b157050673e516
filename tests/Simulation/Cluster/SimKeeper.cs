using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation.Cluster;

/// <summary>The keeper of a worker: its real <see cref="KeeperCore"/> over simulated processes. It is not killed: what kills a node does not kill it.</summary>
internal sealed class SimKeeper : SimProcess
{
    private readonly SimCluster _cluster;
    private readonly KeeperCore _core = new(new() { LaterRefusalIsFinal = true });
    private readonly WorkerId _id;

    public SimKeeper(SimCluster cluster, string name, WorkerSetup setup)
        : base(cluster.World, $"keeper {name}")
    {
        (_cluster, _id, Setup) = (cluster, new(name), setup);
        Do(_core.Handle(new KeeperEvent.Wanted()));
    }

    public WorkerSetup Setup { get; }

    /// <summary>How many times as long tasks take here.</summary>
    public double Slowness => Setup.Slowness;

    /// <summary>Tasks after which its process is replaced.</summary>
    public long? MaxTasks => Setup.MaxTasks;

    /// <summary>Its node, while there is one.</summary>
    public SimNode? Node { get; private set; }

    /// <summary>It starts nothing any more.</summary>
    public bool HasFinished { get; private set; }

    public override void Receive(SimProcess from, SimMessage message) => throw new InvalidOperationException($"{this} is sent nothing");

    public void ChildEnded(SimNode node)
    {
        if (Node != node) throw new InvalidOperationException($"{node} ends, but the keeper has {Node}");
        Node = null;
        var plan = node.PlannedEnd;
        After(World.Random.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20)), () =>
            Do(_core.Handle(new KeeperEvent.Ended(new(plan, plan == PlannedEnd.None ? 137 : 0, "ended by signal 9"), Now))));
    }

    private void Do(IReadOnlyList<KeeperInstruction> instructions)
    {
        foreach (var instruction in instructions)
        {
            switch (instruction)
            {
                case KeeperInstruction.Start start:
                    if (Node is not null) throw new InvalidOperationException($"{this} starts a second node");
                    Node = new(_cluster, this, new(_id, start.Incarnation), start.PreviousEnd ?? "");
                    World.Note($"{this} starts {Node}");
                    Do(_core.Handle(new KeeperEvent.Started(Now)));
                    break;
                case KeeperInstruction.Pause pause: After(pause.Length, () => Do(_core.Handle(new KeeperEvent.PauseOver()))); break;
                case KeeperInstruction.Finish: HasFinished = true; break;
                default: break;
            }
        }
    }
}
