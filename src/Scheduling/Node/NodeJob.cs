namespace ActorCompute.Scheduling;

/// <summary>A job that is open or being opened here, or of which something still runs. <see cref="NodeCore{TClient}"/> alone changes it.</summary>
internal sealed class NodeJob<TClient>(JobId job, long number, TClient client, JobTerms terms, TimeSpan now) : JobOpening(job, number)
    where TClient : notnull
{
    /// <summary>Silence after which a client counts as gone: six of its answers to reports that did not come.</summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(6);

    private readonly TimeSpan _askedAt = now;
    private TimeSpan _closedAt;

    /// <summary>Whose it is.</summary>
    public TClient Client { get; } = client;

    public JobTerms Terms { get; } = terms;

    /// <summary>How long the client still counts as there. When it ends, the job is closed.</summary>
    public Lease Lease { get; } = new(LeaseLength, now);

    /// <summary>Its opening has not ended.</summary>
    public bool IsOpening { get; set; } = true;

    /// <summary>Nobody wants more of it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>It takes chunks.</summary>
    public bool IsOpen => !IsOpening && !IsClosed;

    /// <summary>Its tasks mostly wait: they run in I/O slots. Known when it is open.</summary>
    public bool IsIo { get; set; }

    /// <summary>Its place among those that share the slots; null until it is open.</summary>
    public JobSeat? Seat { get; set; }

    /// <summary>Its running tasks can be split. Known when it is open.</summary>
    public bool Splits { get; set; }

    /// <summary>The largest number of a chunk that came: numbers rise, so one below is a repetition.</summary>
    public long LastSequence { get; set; }

    /// <summary>Chunks in slots, in no order. A list: it is short, and a slot's number of entries is found faster than hashed.</summary>
    public List<long> Running { get; } = [];

    /// <summary>Of those that run, how many have lent their slot.</summary>
    public int Lent { get; set; }

    /// <summary>Nothing of it is left but what its opener made.</summary>
    public bool CanBeReleased => IsClosed && !IsOpening && Running.Count == 0;

    /// <summary>Its opening takes longer than a task may.</summary>
    public bool OpensTooLong(TimeSpan now) => IsOpening && !IsClosed && now - _askedAt > Terms.Timeout;

    /// <summary>Nobody wants it any more, and its opening has not ended in the time that is left to it.</summary>
    public bool IsStuck(TimeSpan now) => IsOpening && IsClosed && now - _closedAt > Terms.Grace;

    public void Close(TimeSpan now) => (IsClosed, _closedAt) = (true, now);

    /// <summary>A slot is through with a chunk.</summary>
    /// <returns>False when it did not run.</returns>
    public bool Finish(long sequence)
    {
        var index = Running.IndexOf(sequence);
        if (index < 0) return false;
        Running[index] = Running[^1];
        Running.RemoveAt(Running.Count - 1);
        return true;
    }
}
