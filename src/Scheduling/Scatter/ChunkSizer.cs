namespace ActorCompute.Scheduling;

/// <summary>
/// How many tasks travel together: enough that sending costs nothing beside computing, few enough that no worker sits
/// on a pile while others idle. Pure.
/// </summary>
/// <param name="given">A size to keep to, instead of one fitted to the tasks.</param>
internal sealed class ChunkSizer(int? given = null)
{
    /// <summary>The work in a chunk that is aimed at: a hundred times the cost of a round trip, a blink for a person.</summary>
    public static readonly TimeSpan Target = TimeSpan.FromMilliseconds(30);

    /// <summary>A chunk stays a small message even when its tasks take no time at all.</summary>
    public const int MaximumTasks = 8192;

    /// <summary>Bytes of payload in a chunk of several tasks: its message stays below the size from which arrays live in the large object heap.</summary>
    public const int MaximumBytes = 65_000;

    /// <summary>Bytes of the largest single task: half a frame.</summary>
    public const int LargestPayload = 1 << 23;

    /// <summary>Tasks in the largest pack, of 1 ms of work: what is undone when its worker dies.</summary>
    public const int LargestPack = 1024;

    // Tasks that take longer gain nothing by travelling in packs: what one costs on its own is a fraction of this.
    private static readonly TimeSpan Tiny = TimeSpan.FromMicroseconds(20);

    // To spread the rest of a job over thousands of slots must not cost more than it spares: a chunk of less costs as much as it does.
    private static readonly TimeSpan LeastWork = TimeSpan.FromMilliseconds(1);

    // Beside such a task the way there and back is nothing, and behind one that is longer still nobody should wait.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    private double _meanTicks = -1;
    private int _grown = 1;
    private int _measured;

    /// <summary>Takes in the time that the tasks of some replies took.</summary>
    public void Measured(int tasks, TimeSpan elapsed)
    {
        if (tasks == 0) return;
        var mean = (double)elapsed.Ticks / tasks;
        // Follows a rise at once and a fall slowly: a chunk that is too long hurts, one that is too short hardly does.
        _meanTicks = _meanTicks < 0 || mean > _meanTicks ? mean : (0.7 * _meanTicks) + (0.3 * mean);
        // With thousands of slots the answer to the next larger chunk comes after thousands to such as these: they prove as much together.
        _measured = Math.Min(MaximumTasks, _measured + tasks);
        _grown = Math.Min(MaximumTasks, Math.Max(Math.Max(_grown, _measured), tasks * 4));
    }

    /// <summary>The size of the next chunk.</summary>
    /// <param name="remaining">Tasks left to send, where known.</param>
    /// <param name="slots">Slots of all workers: near the end the rest is spread over them.</param>
    public int NextSize(long? remaining, int slots)
    {
        if (given is { } fixedSize) return fixedSize;
        if (_meanTicks < 0) return 1;
        var wanted = Target.Ticks / Math.Max(_meanTicks, 1);
        var size = (int)Math.Clamp(Math.Min(wanted, _grown), 1, MaximumTasks);
        if (remaining is not { } rest) return size;
        var least = (int)Math.Clamp(LeastWork.Ticks / Math.Max(_meanTicks, 1), 1, size);
        return (int)Math.Clamp(rest / Math.Max(1, slots * 2), least, size);
    }

    /// <summary>Tasks to put into a batch: 1 while they are not known to be tiny.</summary>
    public int PackSize => _meanTicks < 0 || _meanTicks >= Tiny.Ticks || given == 1
        ? 1
        : (int)Math.Clamp(TimeSpan.TicksPerMillisecond / Math.Max(_meanTicks, 1), 1, Math.Min(given ?? LargestPack, LargestPack));

    /// <summary>Whether <see cref="GoesDeep"/> looks at what remains.</summary>
    public bool DepthFollowsRemaining => _meanTicks >= Target.Ticks && _meanTicks < Long.Ticks;

    /// <summary>
    /// Whether a worker should hold as many chunks as its window says, one more a slot than it runs: where the way there and back would
    /// leave slots idle and nobody is kept waiting by it. Before anything is known the first worker to open a job would take two long
    /// tasks, and run one after the other beside an idle neighbour; so it would at the end of a job.
    /// </summary>
    /// <param name="remaining">Tasks left to send, as far as is known.</param>
    /// <param name="allSlots">Slots of all workers.</param>
    public bool GoesDeep(long remaining, int allSlots) =>
        _meanTicks >= 0 && _meanTicks < Long.Ticks && (_meanTicks < Target.Ticks || remaining > 2L * allSlots);
}
