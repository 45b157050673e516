namespace ActorCompute.Scheduling;

/// <summary>The latest events of one job, within a bound: the oldest go first. Pure; of one thread.</summary>
internal sealed class SchedulingLog
{
    /// <summary>Events that are kept.</summary>
    public const int Most = 2048;

    // Grows: most jobs are short.
    private SchedulingEvent[] _ring = new SchedulingEvent[64];

    /// <summary>The time of what is added next.</summary>
    public TimeSpan Now { get; set; }

    /// <summary>All events that ever were.</summary>
    public long Count { get; private set; }

    /// <summary>Adds what happened now.</summary>
    public void Add(SchedulingEventKind kind, string worker = "", string reason = "") => Add(new(Now, kind, Worker: worker, Reason: reason));

    /// <summary>Adds what happened to tasks now.</summary>
    public void Add(SchedulingEventKind kind, in TaskBatch batch, int attempt, string worker = "", TimeSpan elapsed = default, string reason = "") =>
        Add(new(Now, kind, batch.PartOf ?? batch.First, batch.Count, attempt, worker, elapsed, reason)
        {
            Piece = batch.PartOf is null ? 0 : batch.First - GatherLedger.FirstPiece + 1,
        });

    /// <summary>The latest events, oldest first.</summary>
    /// <param name="from">How many there were when it was read last; afterwards, how many there are.</param>
    /// <param name="to">Gets those since.</param>
    /// <returns>How many of those are gone.</returns>
    public long Read(ref long from, ICollection<SchedulingEvent> to)
    {
        var first = Math.Max(from, Count - _ring.Length);
        var gone = first - from;
        for (var i = first; i < Count; i++) to.Add(_ring[i % _ring.Length]);
        from = Count;
        return gone;
    }

    private void Add(in SchedulingEvent what)
    {
        if (Count == _ring.Length && Count < Most) Array.Resize(ref _ring, 2 * _ring.Length);
        _ring[Count++ % _ring.Length] = what;
    }
}
