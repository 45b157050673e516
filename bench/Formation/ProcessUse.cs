using System.Diagnostics;
using System.Globalization;

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
        return new(Stopwatch.GetElapsedTime(0), process.TotalProcessorTime, process.WorkingSet64, OwnBytesOf(processId));
    }

    private static long? OwnBytesOf(int processId)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/smaps_rollup");
        if (!File.Exists(file)) return null;
        // Lines as "Private_Dirty:     14296 kB".
        return File.ReadLines(file)
            .Where(line => line.StartsWith("Private_", StringComparison.Ordinal) && !line.StartsWith("Private_Hugetlb", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
    }
}
