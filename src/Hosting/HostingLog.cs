using Microsoft.Extensions.Logging;

namespace ActorCompute;

/// <summary>What the cluster of a host logs beside what the library does; numbers go on from those of ClientLog.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(101, LogLevel.Warning, "The host's time to stop is over: calls that were not done are cancelled")]
    public static partial void CallsCancelled(ILogger log);
}
