using System.Diagnostics;

namespace ActorCompute.Scale.World;

/// <summary>One simulated cluster at work: how many workers and clients, and what tasks.</summary>
/// <param name="Workers">Worker processes.</param>
/// <param name="Slots">Of each.</param>
/// <param name="Tasks">Of each client.</param>
/// <param name="TaskTime">The mean.</param>
/// <param name="Clients">Each with one job.</param>
internal sealed record Cell(int Workers, int Slots, long Tasks, TimeSpan TaskTime, int Clients = 1)
{
    /// <summary>Runs it to the end of all jobs.</summary>
    public CellResult Run()
    {
        var (world, workers, clients) = Begin();
        using var process = Process.GetCurrentProcess();
        var (usedBefore, startedAt) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        while (clients.Exists(client => !client.HasEnded) && StepMany(world, clients))
        {
        }

        process.Refresh();
        // Of the time in a core, the share that the system gave to other processes is taken to be that of the whole run.
        var share = Math.Min(1, (process.TotalProcessorTime - usedBefore) / Stopwatch.GetElapsedTime(startedAt));
        return new(this, clients, workers, world, share);
    }

    /// <summary>Bytes that the schedulers of all clients hold when so many tasks of each are done, and nothing of the workers.</summary>
    public long HeldAfter(long done)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var schedulers = RunUntil(done);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(schedulers);
        return held;
    }

    // A method of its own, so that nothing of the world is on the stack when memory is measured.
    private List<JobScheduler> RunUntil(long done)
    {
        var (world, _, clients) = Begin();
        while (clients.Exists(client => client.Scheduler.Done < done) && world.Step())
        {
        }

        world.Forget();
        foreach (var client in clients) client.Forget();
        return [.. clients.Select(client => client.Scheduler)];
    }

    private static bool StepMany(SimulatedWorld world, List<SimulatedClient> clients)
    {
        for (var i = 0; i < 1000; i++)
        {
            if (!world.Step()) return false;
            if (clients.Count == 1 && clients[0].HasEnded) return false;
        }

        return true;
    }

    private (SimulatedWorld World, List<SimulatedWorker> Workers, List<SimulatedClient> Clients) Begin()
    {
        var world = new SimulatedWorld();
        var workers = Enumerable.Range(1, Workers).Select(number => new SimulatedWorker(world, number, Slots)).ToList();
        var clients = Enumerable.Range(1, Clients).Select(number => new SimulatedClient(world, number, new(Tasks, TaskTime), workers)).ToList();
        return (world, workers, clients);
    }
}
