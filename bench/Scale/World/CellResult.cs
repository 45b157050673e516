namespace ActorCompute.Scale.World;

/// <summary>What a <see cref="Cell"/> took.</summary>
internal sealed class CellResult
{
    public CellResult(Cell cell, IReadOnlyList<SimulatedClient> clients, IReadOnlyList<SimulatedWorker> workers, SimulatedWorld world, double share)
    {
        Cell = cell;
        var tasks = (double)clients.Sum(client => client.Scheduler.Done);
        if (tasks < cell.Tasks * cell.Clients) throw new InvalidOperationException($"{tasks} of {cell.Tasks * cell.Clients} tasks were done.");
        Simulated = world.Now;
        Steps = world.Steps;
        Chunks = clients.Sum(client => client.Chunks);
        Recalls = clients.Sum(client => client.Recalls);
        ClientMicroseconds = Microseconds(clients.Select(client => client.Cost)) * share / tasks;
        ClientBytes = clients.Sum(client => client.Cost.AllocatedBytes) / tasks;
        // For each client and second of simulated time.
        TickMicroseconds = Microseconds(clients.Select(client => client.Ticking)) * share / clients.Count / Simulated.TotalSeconds;
        ReportMicroseconds = Microseconds(clients.Select(client => client.Reports)) * share / clients.Count / Simulated.TotalSeconds;
        NodeMicroseconds = Microseconds(workers.Select(worker => worker.Cost)) * share / Chunks;
    }

    public Cell Cell { get; }

    /// <summary>From the start of the jobs to their end.</summary>
    public TimeSpan Simulated { get; }

    public long Steps { get; }

    public long Chunks { get; }

    public long Recalls { get; }

    /// <summary>Processor time of a client's scheduler for each task.</summary>
    public double ClientMicroseconds { get; }

    /// <summary>Bytes that it allocates for each task.</summary>
    public double ClientBytes { get; }

    /// <summary>Of a client's processor time what its clock takes, for each second.</summary>
    public double TickMicroseconds { get; }

    /// <summary>Of a client's processor time what the workers' reports take, for each second.</summary>
    public double ReportMicroseconds { get; }

    /// <summary>Processor time of a worker's node for each chunk.</summary>
    public double NodeMicroseconds { get; }

    private static double Microseconds(IEnumerable<CoreCost> costs) => costs.Sum(cost => cost.Time.TotalMicroseconds);
}
