using System.Diagnostics;

namespace Akka.Actor;

/// <summary>The engine's clocks.</summary>
internal static class SystemTime
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    /// <summary>Since the process first asked; never goes back.</summary>
    public static TimeSpan Monotonic => Stopwatch.GetElapsedTime(Start);

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
