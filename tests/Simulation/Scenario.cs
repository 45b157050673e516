using ActorCompute.Simulation.Cluster;
using ActorCompute.Simulation.Faults;
using ActorCompute.Simulation.World;

namespace ActorCompute.Simulation;

/// <summary>A whole simulated run: who is there, what they do, what goes wrong. All of it from one seed.</summary>
internal sealed record Scenario(ulong Seed, IReadOnlyList<WorkerSetup> Workers, int Seeds, IReadOnlyList<IReadOnlyList<JobSetup>> Clients, IReadOnlyList<Fault> Faults)
{
    /// <summary>How many times as long tasks take on the slowest worker.</summary>
    public const double MaxSlowness = 4;

    /// <summary>In one run of ten what travels is encoded as it is in the product.</summary>
    public bool Encodes => Seed % 10 == 0;

    public static Scenario Of(ulong seed)
    {
        var random = new SimRandom(seed);
        var workers = Enumerable.Range(0, random.Next(1, 9)).Select(_ => new WorkerSetup(random.Next(1, 5), random.Chance(0.15) ? MaxSlowness : 1, random.Chance(0.1) ? random.Next(5, 60) : null)).ToList();
        var clients = Enumerable.Range(0, random.Chance(0.3) ? 2 : 1).Select(_ => (IReadOnlyList<JobSetup>)[.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Job(random))]).ToList();
        var length = TimeSpan.FromSeconds(random.Next(5, 40));
        var faults = Enumerable.Range(0, random.Chance(0.15) ? 0 : random.Next(1, 12)).Select(_ => FaultOf(random, length)).OrderBy(fault => fault.At).ToList();
        var scenario = new Scenario(seed, workers, random.Next(1, 4), clients, faults);
        // Of a source of their own, and not in all runs: the seeds that are kept as tests stay as they were.
        return seed % 7 is 0 or 2 ? scenario.WithResources(new(seed ^ 0x5E50C4CE)) : scenario;
    }

    /// <summary>Some workers have GPUs and memory beside slots, some jobs need of these, and jobs have priorities.</summary>
    private Scenario WithResources(SimRandom random) => this with
    {
        Workers = [.. Workers.Select(worker => worker with { Has = ResourcesOf(random.Next(0, 4), random.Chance(0.7) ? random.Next(1, 9) : 0) })],
        Clients = [.. Clients.Select(jobs => (IReadOnlyList<JobSetup>)[.. jobs.Select(job => job with { Needs = NeedsOf(random), Priority = random.Next(-1, 2) })])],
    };

    private static Resources NeedsOf(SimRandom random) => random.Chance(0.3) ? Resources.None : ResourcesOf(random.Chance(0.7) ? random.Next(1, 3) : 0, random.Chance(0.4) ? random.Next(1, 5) : 0);

    private static Resources ResourcesOf(int gpus, int memory) => Resources.Of(new[] { ("gpu", (long)gpus), ("mem", (long)memory) }.Where(amount => amount.Item2 > 0));

    /// <summary>The same with long tasks, which are split; calls that are submitted one by one are not.</summary>
    public static Scenario Splitting(ulong seed)
    {
        var scenario = Of(seed);
        return scenario with { Clients = [.. scenario.Clients.Select(jobs => (IReadOnlyList<JobSetup>)[.. jobs.Select(WithLongTasks)])] };
    }

    /// <summary>The same with hundreds of workers, as many tasks more, and something going wrong ten times as often.</summary>
    public static Scenario Large(ulong seed)
    {
        var random = new SimRandom(seed ^ 0x1A26E5C4);
        var (scenario, length) = (Of(seed), TimeSpan.FromSeconds(30));
        return scenario with
        {
            Workers = [.. Enumerable.Range(0, random.Next(100, 301)).Select(_ => new WorkerSetup(random.Next(1, 17), random.Chance(0.05) ? MaxSlowness : 1, random.Chance(0.02) ? random.Next(20, 100) : null))],
            Clients = [.. scenario.Clients.Select(jobs => (IReadOnlyList<JobSetup>)[.. jobs.Select(job => job with { Tasks = 20 * job.Tasks, Needs = Resources.None })])],
            Faults = [.. Enumerable.Range(0, random.Next(20, 100)).Select(_ => FaultOf(random, length) with { Target = random.Next(0, 1000) }).OrderBy(fault => fault.At)],
        };
    }

    private static JobSetup WithLongTasks(JobSetup job) => job.IsSession ? job : job with
    {
        Splits = true,
        MaxInFlight = int.MaxValue,
        Tasks = Math.Min(job.Tasks, 30),
        MeanTime = job.MeanTime < TimeSpan.FromMilliseconds(100) ? TimeSpan.FromSeconds(3) : job.MeanTime,
        Timeout = job.Timeout is null ? null : TimeSpan.FromMinutes(2),
    };

    private static JobSetup Job(SimRandom random)
    {
        TimeSpan[] times = [TimeSpan.FromMicroseconds(5), TimeSpan.FromMicroseconds(500), TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(1.2)];
        var time = random.Pick(times);
        var isSession = random.Chance(0.3);
        return new()
        {
            Seed = random.NextUInt64(),
            Tasks = time < TimeSpan.FromMilliseconds(1) ? random.Next(0, 3000) : random.Next(0, time > TimeSpan.FromSeconds(1) ? 40 : 150),
            MeanTime = time,
            OddShare = random.Chance(0.5) ? 0 : random.NextDouble() * 0.05,
            Timeout = random.Chance(0.3) ? TimeSpan.FromSeconds(3) + (time * 30) : null,
            Retries = random.Chance(0.3) ? random.Next(1, 4) : 0,
            // Single calls have no order.
            Ordered = random.Chance(0.4) && !isSession,
            MaxInFlight = random.Chance(0.15) ? random.Next(1, 8) : int.MaxValue,
            MaxOutstanding = random.Chance(0.3) ? random.Next(1, 50) : 65536,
            IsSession = isSession,
            PlanPace = random.Chance(0.2) ? TimeSpan.FromMilliseconds(random.Next(1, 60)) : null,
            ReadPace = random.Chance(0.2) ? TimeSpan.FromMilliseconds(random.Next(1, 30)) : null,
            CancelAt = random.Chance(0.08) ? TimeSpan.FromMilliseconds(random.Next(0, 8000)) : null,
            CancelledShare = isSession && random.Chance(0.3) ? 0.1 : 0,
            BeginsAt = random.Chance(0.5) ? TimeSpan.Zero : TimeSpan.FromMilliseconds(random.Next(0, 4000)),
        };
    }

    private static Fault FaultOf(SimRandom random, TimeSpan length) => new(
        random.Between(TimeSpan.Zero, length),
        (FaultKind)random.Next(0, 11),
        random.Next(0, 100),
        random.Chance(0.5) ? random.Between(TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2)) : random.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(25)));
}

/// <summary>A worker to be simulated.</summary>
internal sealed record WorkerSetup(int Slots, double Slowness, int? MaxTasks)
{
    /// <summary>What it has beside slots.</summary>
    public Resources Has { get; init; } = Resources.None;
}
