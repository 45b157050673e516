using System.Diagnostics;

namespace ActorCompute.Scale.World;

/// <summary>What a core takes of the processor and of memory, and nothing around it.</summary>
internal sealed class CoreCost
{
    private long _beganAt;
    private long _allocatedBefore;

    /// <summary>In ticks of the stop watch. Also counts what the system gave to other processes meanwhile.</summary>
    public long Ticks { get; private set; }

    public long AllocatedBytes { get; private set; }

    public long Calls { get; private set; }

    public TimeSpan Time => Stopwatch.GetElapsedTime(0, Ticks);

    public void Begin()
    {
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        _beganAt = Stopwatch.GetTimestamp();
    }

    public void End()
    {
        Ticks += Stopwatch.GetTimestamp() - _beganAt;
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
        Calls++;
    }
}
