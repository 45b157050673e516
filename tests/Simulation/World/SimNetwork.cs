namespace ActorCompute.Simulation.World;

/// <summary>
/// Messages between processes: each takes its time, those of one pair stay in order, some are lost. As Akka promises, and no more.
/// </summary>
internal sealed class SimNetwork(SimWorld world, SimRandom random)
{
    private readonly Dictionary<(SimProcess From, SimProcess To), TimeSpan> _lastArrivals = [];
    private readonly List<Partition> _partitions = [];

    /// <summary>The time on the way, at least and mostly.</summary>
    public TimeSpan MinDelay { get; set; } = TimeSpan.FromMicroseconds(100);

    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The share of messages that take up to a second.</summary>
    public double SlowShare { get; set; }

    /// <summary>The share of messages that never arrive.</summary>
    public double LossShare { get; set; }

    /// <summary>Messages are encoded and read again.</summary>
    public bool Encodes { get; set; }

    /// <summary>Messages that were given up to now.</summary>
    public long Sent { get; private set; }

    public void Send(SimProcess from, SimProcess to, SimMessage message)
    {
        Sent++;
        if (IsCut(from, to) || random.Chance(LossShare))
        {
            world.Note($"{from} -> {to}: {message} LOST");
            return;
        }

        if (Encodes) message = WireCopy.Of(message);
        var delay = random.Between(MinDelay, random.Chance(SlowShare) ? TimeSpan.FromSeconds(1) : MaxDelay);
        var arrival = world.Now + delay;
        if (_lastArrivals.TryGetValue((from, to), out var last) && arrival < last) arrival = last;
        _lastArrivals[(from, to)] = arrival;
        world.At(arrival, to, () =>
        {
            if (world.KeepsLog) world.Note($"{from} -> {to}: {message}");
            to.Receive(from, message);
        });
    }

    /// <summary>Nothing passes between these and all others until then.</summary>
    public void Cut(IReadOnlyCollection<SimProcess> some, TimeSpan until) => _partitions.Add(new([.. some], until));

    /// <summary>A process is gone: those it talked to see the connection close.</summary>
    public void Closed(SimProcess gone)
    {
        foreach (var pair in _lastArrivals.Keys.Where(pair => pair.From == gone || pair.To == gone).ToList())
        {
            _lastArrivals.Remove(pair);
            if (pair.From != gone) continue;
            var peer = pair.To;
            if (!IsCut(gone, peer)) world.At(world.Now + random.Between(MinDelay, MaxDelay), peer, () => peer.Disconnected(gone));
        }
    }

    private bool IsCut(SimProcess from, SimProcess to)
    {
        if (_partitions.Count == 0) return false;
        _partitions.RemoveAll(partition => partition.Until <= world.Now);
        return _partitions.Any(partition => partition.Some.Contains(from) != partition.Some.Contains(to));
    }

    private sealed record Partition(HashSet<SimProcess> Some, TimeSpan Until);
}
