using System.Diagnostics;
using Xunit.Abstractions;

namespace ActorCompute.Transport.Tests.Support;

/// <summary>What this process takes, as figures in the test's output.</summary>
internal static class Figures
{
    public static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }

    public static long ResidentMegabytes()
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / (1024 * 1024);
    }

    public static void Say(this ITestOutputHelper output, string name, long before, long after) => output.WriteLine($"{name}: {before} before, {after} after");
}
