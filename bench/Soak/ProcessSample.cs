using System.Diagnostics;
using System.Globalization;
using ActorCompute.Measuring;

namespace ActorCompute.Soak;

/// <summary>What a process takes now.</summary>
/// <param name="Memory">Bytes that no other process shares, where the system says so; else those in RAM.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Descriptors">Open files, sockets and the like; on Windows handles.</param>
internal readonly record struct ProcessSample(long Memory, int Threads, int Descriptors)
{
    /// <returns>Null when it has ended meanwhile.</returns>
    public static ProcessSample? Of(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/fd");
            var descriptors = Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Count() : OperatingSystem.IsWindows() ? process.HandleCount : 0;
            return new(OwnMemory.Of(processId) ?? process.WorkingSet64, process.Threads.Count, descriptors);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
