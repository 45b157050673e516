using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation.Cluster;

/// <summary>Seeds, workers and clients in one simulated world.</summary>
internal sealed class SimCluster(SimWorld world)
{
    private readonly List<SimSeed> _seeds = [];

    public SimWorld World { get; } = world;

    /// <summary>Some tasks take their process with them.</summary>
    public bool TasksKill { get; set; }

    /// <summary>Time passes for workers while their tasks do not run.</summary>
    public bool ClocksJump { get; set; }

    public List<SimKeeper> Keepers { get; } = [];

    public List<SimClient> Clients { get; } = [];

    public IReadOnlyList<SimSeed> Seeds => _seeds;

    public IEnumerable<SimJob> Jobs => Clients.SelectMany(client => client.Jobs);

    public IEnumerable<SimNode> Nodes => Keepers.Select(keeper => keeper.Node).OfType<SimNode>();

    /// <summary>A seed begins, in the place of one that died if there was one.</summary>
    public void StartSeed(int number)
    {
        var seed = new SimSeed(this, $"seed {number}");
        if (number < _seeds.Count) _seeds[number] = seed;
        else _seeds.Add(seed);
    }

    public void TellSeeds(SimProcess from, SimMessage message)
    {
        foreach (var seed in _seeds)
        {
            if (seed.IsAlive) World.Network.Send(from, seed, message);
        }
    }

    public SimJob? JobOf(JobId id)
    {
        foreach (var client in Clients)
        {
            if (client.JobOf(id) is { } job) return job;
        }

        return null;
    }
}
