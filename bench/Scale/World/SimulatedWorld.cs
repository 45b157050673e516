namespace ActorCompute.Scale.World;

/// <summary>Time, and what will happen when: one thread, no faults, the same from run to run.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>From one process to the other, and through the layers of both.</summary>
    public static readonly TimeSpan Transit = TimeSpan.FromMicroseconds(250);

    // Of what happens in one tick of 100 ns the order in which it was entered.
    private const int OrderBits = 26;

    private readonly PriorityQueue<Happening, long> _queue = new();
    private long _entered;

    public TimeSpan Now { get; private set; }

    /// <summary>Steps that were made.</summary>
    public long Steps { get; private set; }

    public void Send(in Happening what) => After(Transit, what);

    public void After(TimeSpan time, in Happening what) => _queue.Enqueue(what, ((Now + time).Ticks << OrderBits) | (_entered++ & ((1L << OrderBits) - 1)));

    /// <returns>False when nothing will happen any more.</returns>
    public bool Step()
    {
        if (!_queue.TryDequeue(out var what, out var at)) return false;
        Now = TimeSpan.FromTicks(at >> OrderBits);
        Steps++;
        if (what.Kind is HappeningKind.ClientHears or HappeningKind.ClientTicks or HappeningKind.ClientIsFree) what.Client.Take(what);
        else what.Worker!.Take(what);
        return true;
    }

    /// <summary>The end of this world.</summary>
    public void Forget()
    {
        _queue.Clear();
        _queue.TrimExcess();
    }
}
