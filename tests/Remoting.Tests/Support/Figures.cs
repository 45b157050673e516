using System.Diagnostics;
using Xunit.Abstractions;

namespace ActorCompute.Remoting.Tests.Support;

/// <summary>What this process takes, as figures in the test's output.</summary>
internal static class Figures
{
    public static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }

    /// <summary>What .NET's memory holds that is in use, garbage aside.</summary>
    public static long UsedMegabytes()
    {
        GC.Collect();
        var info = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return (info.HeapSizeBytes - info.FragmentedBytes) / (1024 * 1024);
    }

    /// <summary>What the system counts, with garbage that .NET keeps for later. A figure to look at: it depends on when .NET collects.</summary>
    public static long ResidentMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / (1024 * 1024);
    }

    public static void Say(this ITestOutputHelper output, string name, long before, long after) => output.WriteLine($"{name}: {before} before, {after} after");
}
