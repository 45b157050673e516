namespace ActorCompute.Simulation.Cluster;

/// <summary>A job to be simulated.</summary>
internal sealed record JobSetup
{
    public required ulong Seed { get; init; }

    public required long Tasks { get; init; }

    /// <summary>How long its tasks take, on the whole.</summary>
    public required TimeSpan MeanTime { get; init; }

    /// <summary>The share of tasks that throw, kill, hang, or get bad input.</summary>
    public double OddShare { get; init; }

    /// <summary>Time limit for one task.</summary>
    public TimeSpan? Timeout { get; init; }

    public int Retries { get; init; }

    public bool Ordered { get; init; }

    public int MaxInFlight { get; init; } = int.MaxValue;

    public int MaxOutstanding { get; init; } = 65536;

    /// <summary>Its running tasks can be split.</summary>
    public bool Splits { get; init; }

    /// <summary>Nobody knows how many tasks will come.</summary>
    public bool IsSession { get; init; }

    /// <summary>Tasks come one by one, so far apart; all at once if not set.</summary>
    public TimeSpan? PlanPace { get; init; }

    /// <summary>Outcomes are taken one by one, so far apart; at once if not set.</summary>
    public TimeSpan? ReadPace { get; init; }

    /// <summary>The caller cancels the job then.</summary>
    public TimeSpan? CancelAt { get; init; }

    /// <summary>Of a session: the share of tasks that their callers cancel.</summary>
    public double CancelledShare { get; init; }

    public TimeSpan BeginsAt { get; init; }

    /// <summary>What each task needs of its worker.</summary>
    public Resources Needs { get; init; } = Resources.None;

    public int Priority { get; init; }

    public static int MaxWorkerDeaths => 3;
}
