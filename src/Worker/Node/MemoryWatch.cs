namespace ActorCompute.Worker.Node;

/// <summary>A process that is over its limit.</summary>
/// <param name="Reason">In words.</param>
/// <param name="MustEnd">It had its time to come to an end in order, or has grown far beyond.</param>
internal readonly record struct MemoryExcess(string Reason, bool MustEnd);

/// <summary>Decides when a process that takes too much memory takes no further task, and when it ends. Pure.</summary>
/// <param name="limit">Resident bytes; null for no limit.</param>
internal sealed class MemoryWatch(long? limit)
{
    /// <summary>Short tasks may still end. What goes on is what takes the memory, or stands beside it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private TimeSpan? _overAt;

    /// <summary>Takes in what the process takes now.</summary>
    /// <returns>Null when it is within the limit.</returns>
    public MemoryExcess? Look(long memory, TimeSpan now)
    {
        if (limit is not { } most || memory <= most) return null;
        _overAt ??= now;
        return new($"its process took {memory >> 20} MiB of memory, the limit is {most >> 20} MiB", now - _overAt >= Grace || memory >= most + (most / 4));
    }
}
