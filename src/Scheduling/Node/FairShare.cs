namespace ActorCompute.Scheduling;

/// <summary>The jobs of one priority on a node: their clients share its slots alike.</summary>
/// <param name="priority">Theirs.</param>
internal sealed class PriorityBand(int priority)
{
    public int Priority => priority;

    /// <summary>Those with jobs that are open, or chunks that run.</summary>
    public Dictionary<string, ClientShare> Clients { get; } = [];

    /// <summary>
    /// The least slot time among clients with work, as of the last turn: where a client begins that comes, or comes back. It has no
    /// claim to the time it was away, or it would keep all others out until it had made up for that.
    /// </summary>
    public TimeSpan Level { get; set; }
}

/// <summary>A client's jobs of one priority on a node: they share alike what it gets.</summary>
/// <param name="band">Of this priority.</param>
/// <param name="client">Whose.</param>
internal sealed class ClientShare(PriorityBand band, string client)
{
    public PriorityBand Band => band;

    public string Client => client;

    /// <summary>Jobs that are open.</summary>
    public int Jobs { get; set; }

    /// <summary>Chunks in slots, those of closed jobs too.</summary>
    public int Running { get; set; }

    /// <summary>Chunks that wait.</summary>
    public int Waiting { get; set; }

    public bool HasWork => Running > 0 || Waiting > 0;

    public TimeSpan SlotTime { get; set; } = band.Level;

    /// <summary>The least slot time among its jobs with work, as of the last turn: where a job begins that comes, or comes back.</summary>
    public TimeSpan Level { get; set; }
}

/// <summary>One opening of a job on a node, with its chunks. <see cref="SlotScheduler"/> alone changes it.</summary>
/// <param name="job">The job.</param>
/// <param name="share">Its client's.</param>
/// <param name="depth">How many tasks wait for it, each for the next: 0 for a job of a program.</param>
/// <param name="claim">What its chunks need beside a slot; null for nothing.</param>
internal sealed class JobSeat(JobId job, ClientShare share, int depth, ResourceClaim? claim)
{
    public JobId Job => job;

    public ClientShare Share => share;

    public int Depth => depth;

    public ResourceClaim? Claim => claim;

    /// <summary>A task that waits for it holds resources, and what fills its depth may wait for those: so for it no depth is full.</summary>
    public bool IsAwaitedByHolder { get; init; }

    public Queue<long> Waiting { get; } = new();

    public int Running { get; set; }

    public bool HasWork => Running > 0 || Waiting.Count > 0;

    public TimeSpan SlotTime { get; set; }

    /// <summary>Whether its next chunk is to begin before another's: by priority, then by client, then by job, who has the fewer slots now and had the less time.</summary>
    public bool ComesBefore(JobSeat other)
    {
        var by = other.Share.Band.Priority.CompareTo(share.Band.Priority);
        if (by == 0) by = share.Running.CompareTo(other.Share.Running);
        if (by == 0) by = share.SlotTime.CompareTo(other.Share.SlotTime);
        if (by == 0) by = Running.CompareTo(other.Running);
        if (by == 0) by = SlotTime.CompareTo(other.SlotTime);
        return by < 0;
    }
}
