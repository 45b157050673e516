using System.Diagnostics;
using ActorCompute.Measuring;

namespace ActorCompute.Formation;

/// <summary>What a process has taken so far.</summary>
/// <param name="At">When that was, since some time.</param>
/// <param name="ProcessorTime">Of all its threads, in user and kernel.</param>
/// <param name="ResidentBytes">Memory that it has in RAM, shared libraries included.</param>
/// <param name="OwnBytes">The part of it that no other process has; null where the system does not say.</param>
internal sealed record ProcessUse(TimeSpan At, TimeSpan ProcessorTime, long ResidentBytes, long? OwnBytes)
{
    public static ProcessUse Of(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return new(Stopwatch.GetElapsedTime(0), process.TotalProcessorTime, process.WorkingSet64, OwnMemory.Of(processId));
    }
}
