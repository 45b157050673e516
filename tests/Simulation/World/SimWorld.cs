using System.Globalization;

namespace ActorCompute.Simulation.World;

/// <summary>Time and what happens in it: one event after the other, on one thread, all of it from one seed.</summary>
internal sealed class SimWorld
{
    private readonly PriorityQueue<SimEvent, (TimeSpan At, long Order)> _events = new();
    private readonly List<string>? _log;
    private long _order;

    /// <param name="seed">What everything by chance comes from.</param>
    /// <param name="keepsLog">Keep a line for each thing that happens, for a person.</param>
    public SimWorld(ulong seed, bool keepsLog = false)
    {
        Random = new(seed);
        Network = new(this, Random.Split());
        _log = keepsLog ? [] : null;
    }

    public SimRandom Random { get; }

    public SimNetwork Network { get; }

    public TimeSpan Now { get; private set; }

    /// <summary>Events that have happened.</summary>
    public long Steps { get; private set; }

    /// <summary>Of all that happened and when: two runs of one seed have the same.</summary>
    public ulong Trace { get; private set; } = 14695981039346656037;

    public bool KeepsLog => _log is not null;

    public IReadOnlyList<string> Log => _log ?? [];

    /// <summary>Lets something happen later.</summary>
    /// <param name="at">When.</param>
    /// <param name="process">To whom; null for what is no process's doing.</param>
    /// <param name="action">What.</param>
    public void At(TimeSpan at, SimProcess? process, Action action) => _events.Enqueue(new(process, action), (at < Now ? Now : at, _order++));

    public void Note(string text) => _log?.Add(string.Create(CultureInfo.InvariantCulture, $"{Now.TotalSeconds,10:F4} {text}"));

    /// <summary>Lets the next thing happen.</summary>
    /// <returns>False when nothing will ever happen again.</returns>
    public bool Step()
    {
        while (_events.TryDequeue(out var next, out var when))
        {
            if (next.Process is { IsAlive: false }) continue;
            if (next.Process is { } process && process.PausedUntil > when.At)
            {
                // In the order in which they would have been.
                _events.Enqueue(next, (process.PausedUntil, when.Order));
                continue;
            }

            Now = when.At;
            Steps++;
            Trace = (Trace ^ (ulong)when.At.Ticks ^ (ulong)when.Order << 40) * 1099511628211;
            next.Action();
            return true;
        }

        return false;
    }

    private readonly record struct SimEvent(SimProcess? Process, Action Action);
}
