namespace ActorCompute.Worker.Node;

/// <summary>Decides when a process that takes too much memory takes no further task, and when it ends. Pure but for its source.</summary>
/// <param name="limit">Bytes; null for no limit.</param>
/// <param name="taken">What the process takes now; null for what the system says (<see cref="ProcessMemory"/>).</param>
internal sealed class MemoryWatch(long? limit, Func<long>? taken = null)
{
    /// <summary>What a task must at least find free: with less, each would end its process.</summary>
    public const long Margin = 16L << 20;

    /// <summary>Short tasks may still end. What goes on is what takes the memory, or stands beside it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Func<long> _taken = taken ?? ProcessMemory.Taken;
    private TimeSpan? _overAt;

    /// <summary>At the start, before the first task.</summary>
    /// <exception cref="InputException">The limit leaves no room for tasks.</exception>
    public void CheckRoom()
    {
        if (limit is not { } most) return;
        var memory = _taken();
        if (memory + Margin <= most) return;
        throw new InputException($"a memory limit of {most >> 20} MiB leaves no room for tasks: this worker takes {memory >> 20} MiB before the first of them; give at least {(memory + Margin + (1 << 20) - 1) >> 20}M.");
    }

    /// <summary>Looks at what the process takes now.</summary>
    /// <returns>Null when it is within the limit.</returns>
    public MemoryExcess? Look(TimeSpan now)
    {
        if (limit is not { } most) return null;
        var memory = _taken();
        if (memory <= most) return null;
        _overAt ??= now;
        return new($"its process took {memory >> 20} MiB of memory, the limit is {most >> 20} MiB", now - _overAt >= Grace || memory >= most + (most / 4));
    }
}
